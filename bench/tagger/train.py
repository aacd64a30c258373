"""The fine-tuning: one encoder, all heads at once, on open text; resumable after each epoch."""

import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch

from bench.tagger.examples import Prepared, batches
from bench.tagger.labels import NONE
from bench.tagger.network import Network
from wordkept.reading.tagger import HEADS

WEIGHT = {"outer": 1.0, "inner": 0.5, "terms": 3.0, "deed": 1.0, "status": 1.0}
"""What each head counts in the loss: terms are rare, and count the more where they stand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    epochs: int = 12
    batch: int = 16
    rate: float = 2e-4
    head_rate: float = 1e-3
    warm_share: float = 0.1
    seed: int = 7


def trained(
    texts: Sequence[Prepared],
    setting: Setting,
    *,
    kept: Path | None = None,
    after: Callable[[int, Network], None] = lambda _epoch, _network: None,
) -> Network:
    """The network after the last epoch; with `kept`, begun where that file left off."""
    torch.manual_seed(setting.seed)
    network = Network()
    optimiser = torch.optim.AdamW(
        [
            {
                "params": [one for one in network.encoder.parameters() if one.requires_grad],
                "lr": setting.rate,
            },
            {"params": network.heads.parameters(), "lr": setting.head_rate},
        ],
        weight_decay=0.01,
    )
    per_epoch = sum(1 for _ in batches(texts, setting.batch, random.Random(setting.seed)))  # noqa: S311
    steps = per_epoch * setting.epochs
    warm = max(1, int(steps * setting.warm_share))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser,
        lambda step: min((step + 1) / warm, max(0.0, (steps - step) / max(1, steps - warm))),
    )
    begun = _resume(kept, network, optimiser, schedule)
    for epoch in range(begun, setting.epochs):
        network.train()
        start, total = time.perf_counter(), 0.0
        for batch in batches(texts, setting.batch, random.Random(setting.seed * 1000 + epoch)):  # noqa: S311
            loss = _loss(network, batch.ids, batch.labels)
            optimiser.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            total += float(loss.detach())
        print(f"epoch {epoch + 1}: loss {total / per_epoch:.3f}, "
              f"{time.perf_counter() - start:.0f} s", flush=True)  # fmt: skip
        if kept:
            torch.save({"epoch": epoch + 1, "network": network.state_dict(),
                        "optimiser": optimiser.state_dict(),
                        "schedule": schedule.state_dict()}, kept)  # fmt: skip
        after(epoch + 1, network)
    return network.eval()


def _resume(kept: Path | None, network: Network, optimiser: torch.optim.Optimizer,
            schedule: torch.optim.lr_scheduler.LambdaLR) -> int:  # fmt: skip
    if not kept or not kept.exists():
        return 0
    state = torch.load(kept)
    network.load_state_dict(state["network"])
    optimiser.load_state_dict(state["optimiser"])
    schedule.load_state_dict(state["schedule"])
    return int(state["epoch"])


def _loss(network: Network, ids: torch.Tensor, labels: dict[str, torch.Tensor]) -> torch.Tensor:
    total = torch.zeros(())
    for head, scores in zip(HEADS, network(ids), strict=True):
        flat = labels[head].flatten()
        if bool((flat != NONE).any()):
            found = torch.nn.functional.nll_loss(scores.flatten(0, 1), flat, ignore_index=NONE)
            total = total + WEIGHT[head] * found
    return total
