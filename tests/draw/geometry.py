"""The geometry of a picture, read back from its SVG, and what may not be in it."""

import itertools
import math
import re
import xml.etree.ElementTree as ET
from collections import defaultdict
from dataclasses import dataclass

SVG = "{http://www.w3.org/2000/svg}"
CELL = 80.0


@dataclass(frozen=True)
class Shape:
    """A node: its middle, half of its size, and whether it is round."""

    x: float
    y: float
    a: float
    b: float
    round: bool

    def depth(self, point, inset=0.0):
        """How deep a point lies inside, at least; negative outside."""
        dx, dy = abs(point[0] - self.x), abs(point[1] - self.y)
        a, b = self.a - inset, self.b - inset
        if self.round:
            return (1 - math.hypot(dx / a, dy / b)) * min(a, b)
        return min(a - dx, b - dy)

    @property
    def box(self):
        return self.x - self.a, self.y - self.b, self.x + self.a, self.y + self.b


def number(element, name):
    return float(element.get(name))


def shape(group):
    """The outermost shape of a node's group; a text's own place for one without."""
    for tag in ("ellipse", "circle", "rect"):
        found = group.find(f"{SVG}{tag}")
        if found is not None:
            break
    if found is None:
        return Shape(0.0, 0.0, 0.0, 0.0, round=False)  # a text, whose place the scene knows
    if tag == "rect":
        w, h = number(found, "width") / 2, number(found, "height") / 2
        return Shape(number(found, "x") + w, number(found, "y") + h, w, h, round=False)
    names = ("r", "r") if tag == "circle" else ("rx", "ry")
    a, b = (number(found, name) for name in names)
    return Shape(number(found, "cx"), number(found, "cy"), a, b, round=True)


def sampled(path, per_piece=16):
    """Points of a path of M, H, V and C."""
    points, at = [], (0.0, 0.0)
    for letter, numbers in re.findall(r"([MHVC])([^MHVC]*)", path):
        v = [float(x) for x in numbers.split()]
        if letter == "M":
            at = (v[0], v[1])
            points.append(at)
            continue
        end = {"H": (v[0], at[1]), "V": (at[0], v[0])}.get(letter, tuple(v[-2:]))
        c1, c2 = (at, end) if letter != "C" else ((v[0], v[1]), (v[2], v[3]))
        count = per_piece if letter == "C" else max(per_piece, int(math.dist(at, end) / 3))
        for k in range(1, count + 1):
            t = k / count
            s = 1 - t
            points.append(
                tuple(
                    s**3 * at[i] + 3 * s * s * t * c1[i] + 3 * s * t * t * c2[i] + t**3 * end[i]
                    for i in (0, 1)
                )
            )
        at = end
    return points


class Picture:
    """A parsed picture beside its scene."""

    def __init__(self, svg, scene):
        root = ET.fromstring(svg)  # noqa: S314  # our own picture
        self.scene = scene
        self.width, self.height = number(root, "width"), number(root, "height")
        self.nodes = {g.get("data-key"): shape(g) for g in root.iter(f"{SVG}g") if g.get("data-key")}
        self.paths = {
            p.get("data-key"): sampled(p.get("d")) for p in root.iter(f"{SVG}path") if p.get("data-key")
        }
        self.labels = [
            ("".join(t.itertext()), number(t, "x"), number(t, "y"))
            for t in root.iter(f"{SVG}text")
            if "halo" in (t.get("class") or "")
        ]
        self.frames = [
            tuple(number(r, n) for n in ("x", "y", "width", "height"))
            for r in root.iter(f"{SVG}rect")
            if r.get("class") == "frame"
        ]
        for mark in scene.nodes:
            if mark.role == "note":
                self.nodes[mark.key] = Shape(*mark.at, mark.size[0] / 2, mark.size[1] / 2, round=False)
        self._near = defaultdict(list)
        for key, node in self.nodes.items():
            x0, y0, x1, y1 = node.box
            for i in range(int(x0 // CELL), int(x1 // CELL) + 1):
                for j in range(int(y0 // CELL), int(y1 // CELL) + 1):
                    self._near[i, j].append(key)

    def faults(self):
        """Everything that is wrong with the picture, as text."""
        return [*self._overlaps(), *self._edges(), *self._texts(), *self._outside(), *self._steps()]

    def _overlaps(self):
        for keys in self._near.values():
            for a, b in itertools.combinations(keys, 2):
                if overlap(self.nodes[a].box, self.nodes[b].box):
                    yield f"{a} and {b} overlap"

    def _edges(self):
        assert set(self.paths) == {line.key for line in self.scene.lines}
        for line in self.scene.lines:
            points = self.paths[line.key]
            for point in points:
                for key in self._near[int(point[0] // CELL), int(point[1] // CELL)]:
                    deep = self.nodes[key].depth(point)
                    if key not in (line.source, line.target) and deep > 0.3:
                        yield f"{line.key} from {line.source} to {line.target} runs through {key} at {point}"
                        break
            ends = [(points[0], line.source, 1.5), (points[-1], line.target, 10.5)]
            for end, key, room in ends:
                deep = self.nodes[key].depth(end)
                own = line.kind == "backward" and abs(deep) > room
                if not own and not -room < deep < 1.5:
                    yield f"{line.key} ({line.kind}) ends {-deep:.1f} from {key}"

    def _texts(self):
        boxes = [(x - 2.2 * len(t), y - 8, x + 2.2 * len(t), y) for t, x, y in self.labels]
        for (text, x, y), box in zip(self.labels, boxes, strict=True):
            for key in self._near[int(x // CELL), int(y // CELL)]:
                if overlap(self.nodes[key].box, box):
                    yield f"the label {text!r} covers {key}"
        for (a, p), (b, q) in itertools.combinations(zip(self.labels, boxes, strict=True), 2):
            if overlap(p, q):
                yield f"the labels {a} and {b} overlap"

    def _outside(self):
        for key, points in self.paths.items():
            if any(not (0 <= x <= self.width and 0 <= y <= self.height) for x, y in points):
                yield f"{key} leaves the picture"
        for key, node in self.nodes.items():
            x0, y0, x1, y1 = node.box
            if x0 < 0 or y0 < 0 or x1 > self.width or y1 > self.height:
                yield f"{key} leaves the picture"

    def _steps(self):
        rows = [(x, y, x + w, y + h) for x, y, w, h in self.frames]
        for a, b in itertools.combinations(rows, 2):
            if overlap(a, b):
                yield f"the frames {a} and {b} overlap"
        places = {
            (box.heading.partition(" ")[0], box.step): box for box in self.scene.boxes if not box.collapsed
        }
        for mark in self.scene.nodes:
            box = places.get((mark.axis, mark.step))
            if box is not None and mark.role != "note":
                x0, _, x1, _ = self.nodes[mark.key].box
                if x0 < box.corner[0] or x1 > box.corner[0] + box.size[0]:
                    yield f"{mark.key} is outside of its step's frame"


def overlap(a, b):
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
