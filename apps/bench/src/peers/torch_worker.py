"""Measures PyTorch: the twin of worker.ts. Reads a job, prints a line of JSON for each message."""

import json
import resource
import sys
import time

import numpy as np
import torch
from torch import nn

RATES = {"sgd": 0.01, "adam": 0.001}
LEAK = 0.1
VARIANCE_EPSILON = 1e-3


class Recurrent(nn.Module):
    """A recurrent layer that returns the last output or all of them, as Keras' does."""

    def __init__(self, kind, features, units, sequences):
        super().__init__()
        self.run = (nn.LSTM if kind == "lstm" else nn.RNN)(features, units, batch_first=True)
        # Keras has one bias; PyTorch's second would learn as well.
        self.run.bias_hh_l0.requires_grad_(False).zero_()
        self.sequences = sequences

    def forward(self, x):
        out = self.run(x)[0]
        return out if self.sequences else out[:, -1]


class GlobalMaxPool(nn.Module):
    def forward(self, x):
        return x.max(dim=1).values


def activation_of(spec):
    return {"relu": [nn.ReLU()], "leakyRelu": [nn.LeakyReLU(LEAK)]}.get(spec.get("activation"), [])


def load(parameter, array):
    with torch.no_grad():
        parameter.copy_(torch.from_numpy(np.ascontiguousarray(array)))


def build(net, weights):
    """The model, channels first, with weights from Keras' layouts."""
    left = iter(weights)
    shape = list(net["input"])
    image = None  # the shape that `flatten` found, whose rows the next dense layer must reorder
    modules = []
    for spec in net["layers"]:
        kind = spec["type"]
        if kind == "dense":
            layer = nn.Linear(shape[-1], spec["units"])
            kernel = next(left)
            if image:
                kernel = kernel.reshape(*image, -1).transpose(2, 0, 1, 3).reshape(kernel.shape)
                image = None
            load(layer.weight, kernel.T)
            load(layer.bias, next(left))
            modules += [layer, *activation_of(spec)]
            shape[-1] = spec["units"]
        elif kind == "conv2d":
            size, same = spec["kernelSize"], spec["padding"] == "same"
            layer = nn.Conv2d(shape[2], spec["filters"], size, padding=size // 2 if same else 0)
            load(layer.weight, next(left).transpose(3, 2, 0, 1))
            load(layer.bias, next(left))
            modules += [layer, *activation_of(spec)]
            lost = 0 if same else size - 1
            shape = [shape[0] - lost, shape[1] - lost, spec["filters"]]
        elif kind == "maxPool2d":
            same = spec["padding"] == "same"
            modules.append(nn.MaxPool2d(2, ceil_mode=same))
            shape = [(n + 1) // 2 if same else n // 2 for n in shape[:2]] + shape[2:]
        elif kind == "batchNormalization":
            layer = nn.BatchNorm2d(shape[2], eps=VARIANCE_EPSILON, momentum=0.01)
            load(layer.weight, next(left))
            load(layer.bias, next(left))
            modules.append(layer)
        elif kind == "flatten":
            image = shape if len(shape) == 3 else None
            modules.append(nn.Flatten())
            shape = [int(np.prod(shape))]
        elif kind == "dropout":
            modules.append(nn.Dropout(spec["rate"]))
        elif kind in ("simpleRnn", "lstm"):
            layer = Recurrent(kind, shape[-1], spec["units"], spec.get("sequences", False))
            load(layer.run.weight_ih_l0, next(left).T)
            load(layer.run.weight_hh_l0, next(left).T)
            load(layer.run.bias_ih_l0, next(left))
            modules.append(layer)
            shape = [shape[0], spec["units"]] if layer.sequences else [spec["units"]]
        elif kind == "embedding":
            layer = nn.Embedding(spec["tokens"], spec["units"])
            load(layer.weight, next(left))
            modules.append(layer)
            shape = [*shape, spec["units"]]
        elif kind == "globalMaxPool1d":
            modules.append(GlobalMaxPool())
            shape = shape[1:]
        else:
            raise ValueError(f"unknown layer {kind}")
    return nn.Sequential(*modules)


def optimizer_of(net, model):
    trained = [p for p in model.parameters() if p.requires_grad]
    if net["optimizer"] == "sgd":
        return torch.optim.SGD(trained, lr=RATES["sgd"])
    return torch.optim.Adam(trained, lr=RATES["adam"], betas=(0.9, 0.999), eps=1e-7)


def train_step(model, optimizer, loss_of, x, y):
    optimizer.zero_grad(set_to_none=True)
    loss = loss_of(model(x), y)
    loss.backward()
    optimizer.step()
    return loss.item()


def augmentation(library, x):
    """Random changes of images, for each image anew, by torchvision or by Keras' layers on PyTorch."""
    images = torch.from_numpy(x)
    if library == "Keras":
        from keras import Sequential, layers

        changes = Sequential([
            layers.RandomRotation(0.05),
            layers.RandomTranslation(0.1, 0.1),
            layers.RandomZoom(0.1),
            layers.RandomFlip("horizontal"),
            layers.RandomBrightness(0.2, value_range=(0, 1)),
        ])
        return lambda: changes(images, training=True)[0, 0, 0, 0].item()
    from torchvision.transforms import v2

    changes = v2.Compose([
        v2.RandomAffine(18, (0.1, 0.1), (0.9, 1.1), interpolation=v2.InterpolationMode.BILINEAR),
        v2.RandomHorizontalFlip(),
        v2.ColorJitter(brightness=0.2),
    ])
    images = images.permute(0, 3, 1, 2).contiguous()
    # One call would make the same choices for all images.
    return lambda: torch.stack([changes(image) for image in images])[0, 0, 0, 0].item()


def prepare(task, setting, x, y, weights):
    """A function that does the task once and reads the result."""
    if task["kind"] == "augment":
        return augmentation(setting["note"], x)
    if task["kind"] == "matmul":
        a, b = torch.from_numpy(x), torch.from_numpy(y)
        return lambda: (a @ b)[0, 0].item()
    net = task["net"]
    model = build(net, weights)
    x, y = torch.from_numpy(x), torch.from_numpy(y)
    if x.dim() == 4:
        x = x.permute(0, 3, 1, 2).contiguous()
    if setting.get("channelsLast"):
        x, model = (t.to(memory_format=torch.channels_last) for t in (x, model))
    if task["kind"] == "forward":
        model.eval()

        def forward():
            with torch.inference_mode():
                return model(x).numpy()[0, 0].item()

        return forward
    loss_of = {"softmax": nn.CrossEntropyLoss, "sigmoid": nn.BCEWithLogitsLoss, "squares": nn.MSELoss}[net["loss"]]()
    if net["loss"] == "softmax":
        y = y.long()
    optimizer = optimizer_of(net, model)
    if task["kind"] == "train":
        return lambda: train_step(model, optimizer, loss_of, x, y)

    def epochs():
        for _ in range(task["epochs"]):
            for rows in torch.randperm(len(x)).split(task["batch"]):
                loss = train_step(model, optimizer, loss_of, x[rows], y[rows])
        return loss

    return epochs


def read_arrays(job):
    """The problem's arrays, in the order x, y, weights, from one file of 4-byte numbers."""
    raw = np.fromfile(job["arrays"]["file"], dtype=np.uint8)
    at, found = 0, []
    for entry in job["arrays"]["entries"]:
        end = at + 4 * int(np.prod(entry["shape"]))
        found.append(raw[at:end].view(entry["dtype"]).reshape(entry["shape"]))
        at = end
    return found


def measure(step, limits):
    """As measure.ts does it."""
    losses, times = [], []
    start = time.perf_counter()
    passed = lambda since: (time.perf_counter() - since) * 1e3
    budget = limits["budgetMs"]
    while (len(losses) < limits["warmUp"] or (limits["warmUp"] > 0 and passed(start) < limits["warmMs"])) and (not losses or passed(start) < budget / 3):
        losses.append(step())
    begin = reported = time.perf_counter()
    while (len(times) < limits["steps"] or passed(begin) < limits["timedMs"]) and (not times or passed(start) < budget):
        before = time.perf_counter()
        losses.append(step())
        times.append(passed(before))
        if passed(reported) < 250:
            continue
        reported = time.perf_counter()
        say({"kind": "step", "done": len(times)})
    say({"kind": "step", "done": len(times)})
    return losses, times


def say(message):
    print(json.dumps(message), flush=True)


def main(file):
    with open(file) as source:
        job = json.load(source)
    torch.set_num_threads(job["setting"]["threads"])
    torch.manual_seed(1)
    x, y, *weights = read_arrays(job)
    try:
        step = prepare(job["task"], job["setting"], x, y, weights)
    except ImportError as error:
        return say({"kind": "cannot", "reason": str(error)})
    losses, times = measure(step, job["limits"])
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    say({"kind": "done", "losses": losses, "times": times, "peakBytes": peak})


main(sys.argv[1])
