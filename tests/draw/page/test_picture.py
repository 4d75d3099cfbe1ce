"""Every node, edge and box of a scene is one element of the picture, with its key and its state."""

import xml.etree.ElementTree as ET
from dataclasses import replace

from page_scenes import chain, recurrent

from minigrad.draw.page.picture import picture

SVG = "{http://www.w3.org/2000/svg}"


def read(scene):
    root = ET.fromstring(picture(scene))  # noqa: S314  # our own picture
    return root, {element.get("id"): element for element in root.iter() if element.get("id")}


def test_nodes_and_lines_are_found_by_their_keys():
    scene = recurrent(3)
    _, by_id = read(scene)
    for mark in scene.nodes:
        element = by_id[f"node-{mark.key}"]
        assert element.get("transform") == f"translate({mark.at[0]:.2f} {mark.at[1]:.2f})"
        assert {mark.role, mark.state} <= set(element.get("class").split())
    for line in scene.lines:
        assert line.kind in by_id[f"line-{line.key}"].get("class").split()
    assert len(by_id["boxes"]) == 3


def test_states_and_places_on_the_ramp_are_classes():
    scene = recurrent(2)
    nodes = [
        replace(scene.nodes[0], state="zero", fill=None),
        replace(scene.nodes[1], state="not-finite", fill=7),
    ]
    root, by_id = read(replace(scene, nodes=tuple(nodes), lines=(), order=()))
    assert by_id[f"node-{nodes[0].key}"].get("class") == "node target zero done"
    assert by_id[f"node-{nodes[1].key}"].get("class") == "node loss not-finite f7 done"
    assert root.get("class") == "ramped"


def test_labels_are_text_at_their_places():
    scene = recurrent(2)
    _, by_id = read(scene)
    line = next(line for line in scene.lines if line.label)
    text = by_id[f"line-{line.key}"].find(f"{SVG}text")
    assert text.text == line.label
    assert text.get("transform") == f"translate({line.label_at[0]:.2f} {line.label_at[1]:.2f})"


def test_the_arrow_heads_are_there():
    root, by_id = read(recurrent(2))
    used = {path.get("marker-end") for path in root.iter(f"{SVG}path") if path.get("marker-end")}
    assert used == {f"url(#head-{kind})" for kind in ("forward", "recurrent", "parameter", "backward")}
    assert all(end[5:-1] in by_id for end in used)


def test_a_picture_grows_with_the_graph_alone():
    assert len(picture(chain(400))) < 2.2 * len(picture(chain(200)))
