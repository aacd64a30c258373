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
    kept = folder / "tagger.onnx"
    quantize_dynamic(str(plain), str(kept), weight_type=QuantType.QInt8, per_channel=True)
    plain.unlink()
    from bench.tagger.examples import tokenizer

    tokenizer().save(str(folder / "tokenizer.json"), pretty=False)
    return kept
