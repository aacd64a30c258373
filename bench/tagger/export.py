"""The network as one int8 ONNX file, with the tokenizer that belongs to it."""

import warnings
from pathlib import Path

import torch

from bench.tagger.network import Network
from wordkept.reading.tagger import CLS, HEADS, SEP


def export(network: Network, folder: Path) -> Path:
    """The int8 file, `tagger.onnx` in the folder, beside `tokenizer.json`."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    folder.mkdir(parents=True, exist_ok=True)
    plain = folder / "plain.onnx"
    sample = torch.tensor([[CLS, 2000, 2001, SEP], [CLS, 2000, SEP, 0]])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            network.eval(), (sample,), str(plain), input_names=["ids"], output_names=list(HEADS),
            dynamic_axes={name: {0: "window", 1: "piece"} for name in ("ids", *HEADS)},
            opset_version=17, dynamo=False,
        )  # fmt: skip
    whole = folder / "whole.onnx"
    quantize_dynamic(str(plain), str(whole), weight_type=QuantType.QInt8, per_channel=True)
    kept = _optimised(whole, folder / "tagger.onnx")
    plain.unlink()
    whole.unlink()
    from bench.tagger.examples import tokenizer

    tokenizer().save(str(folder / "tokenizer.json"), pretty=False)
    return kept


def _optimised(file: Path, into: Path) -> Path:
    """The same graph with what onnxruntime joins on any machine joined beforehand: loads sooner."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_EXTENDED
    options.optimized_model_filepath = str(into)
    options.log_severity_level = 3
    onnxruntime.InferenceSession(str(file), options, providers=["CPUExecutionProvider"])
    return into
