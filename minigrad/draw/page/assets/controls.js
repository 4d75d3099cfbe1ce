// Buttons, slider, keys and pointer.
const slider = byId("slider");
const dark = matchMedia("(prefers-color-scheme: dark)");
let timer = null;
let focused = null;

/** Where a node stands now, steps folded or not. */
const currentX = ({ mark }) => folded(mark.at[0], runs());

function step(position) {
  goTo(position);
  slider.value = place.position;
  slider.setAttribute("aria-valuetext", `step ${place.position} of ${lastPosition()}`);
  byId("count").textContent = `${place.position} / ${lastPosition()}`;
  byId("back").disabled = place.position === 0;
  byId("next").disabled = place.position === lastPosition();
  showStep();
  markGaps();
  const entry = nodes.get(figure.dataset.node);
  if (entry) reveal(entry.mark, currentX(entry));
}

function choose(mode) {
  setMode(mode);
  slider.max = lastPosition();
  for (const name of ["node", "edge"]) byId(`by-${name}`).setAttribute("aria-pressed", String(name === mode));
  step(place.position);
}

function pause() {
  clearInterval(timer);
  timer = null;
  byId("play").classList.remove("playing");
  byId("play-word").textContent = "Play";
}

function play() {
  if (place.position === lastPosition()) step(0);
  clearInterval(timer);
  timer = setInterval(tick, 1000 / Number(byId("pace").value));
  byId("play").classList.add("playing");
  byId("play-word").textContent = "Pause";
}

function tick() {
  step(place.position + 1);
  if (place.position === lastPosition()) pause();
}

const togglePlay = () => (timer === null ? play() : pause());

function stepByHand(position) {
  pause();
  step(position);
}

function toggleTheme() {
  const now = document.documentElement.dataset.theme ?? (dark.matches ? "dark" : "light");
  document.documentElement.dataset.theme = now === "dark" ? "light" : "dark";
}

/** Give a node the focus; it is the one that Tab comes back to. */
function focusNode(entry) {
  focused?.element.setAttribute("tabindex", "-1");
  focused = entry;
  entry.element.setAttribute("tabindex", "0");
}

/** The nearest node that is shown in a direction, sideways distance counting three times. */
function neighbour(entry, dx, dy) {
  let [best, least] = [null, Infinity];
  const [x, y] = [currentX(entry), entry.mark.at[1]];
  for (const other of nodes.values()) {
    const [u, v] = [currentX(other) - x, other.mark.at[1] - y];
    const [along, across] = [u * dx + v * dy, Math.abs(u * dy) + Math.abs(v * dx)];
    const distance = along + 3 * across;
    if (along > 1 && along >= across && distance < least && !other.element.classList.contains("folded")) {
      [best, least] = [other, distance];
    }
  }
  return best;
}

const moves = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] };

function onNodeKey(event, entry) {
  const sideways = event.key === "ArrowLeft" || event.key === "ArrowRight";
  if (event.key === "Enter" || event.key === " ") pin(entry);
  else if (event.key === "c") toggleColumn(boxOf(entry));
  else if (event.key in moves && (event.shiftKey || !sideways)) neighbour(entry, ...moves[event.key])?.element.focus();
  else return false;
  return true;
}

const keys = {
  ArrowRight: () => stepByHand(place.position + 1),
  ArrowLeft: () => stepByHand(place.position - 1),
  Home: () => stepByHand(0),
  End: () => stepByHand(lastPosition()),
  " ": togglePlay,
  p: togglePlay,
};
const viewKeys = { Escape: () => pin(null), f: fit, 0: fit, "+": () => zoom(0.8), "-": () => zoom(1.25) };

function onKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const entry = nodeOf(event.target);
  if (entry && onNodeKey(event, entry)) {
    event.preventDefault();
    return;
  }
  // These take the same keys themselves.
  if (event.target.matches("input, select") || (event.key === " " && event.target.matches("button, .gap"))) return;
  const action = (visits.length && keys[event.key]) || viewKeys[event.key];
  if (action) {
    event.preventDefault();
    action();
  }
}

function onClick(event) {
  if (dragged) return;
  const box = event.target.matches(".box text") ? Number(event.target.parentNode.dataset.box) : -1;
  if (box >= 0) toggleColumn(box);
  else if (!event.target.closest(".gap")) pin(nodeOf(event.target));
}

function wire() {
  const clicks = {
    fit,
    save,
    theme: toggleTheme,
    collapse: toggleMiddle,
    closer: () => zoom(0.8),
    further: () => zoom(1.25),
    back: () => stepByHand(place.position - 1),
    next: () => stepByHand(place.position + 1),
    play: togglePlay,
    "by-node": () => choose("node"),
    "by-edge": () => choose("edge"),
  };
  for (const [id, action] of Object.entries(clicks)) byId(id).addEventListener("click", action);
  slider.addEventListener("input", () => stepByHand(Number(slider.value)));
  byId("pace").addEventListener("change", () => timer !== null && play());
  byId("colour").addEventListener("change", (event) => figure.classList.toggle("coloured", event.target.checked));
  document.addEventListener("keydown", onKey);
  figure.addEventListener("click", onClick);
  figure.addEventListener("pointerover", (event) => hover(nodeOf(event.target)));
  figure.addEventListener("pointerleave", () => hover(null));
  figure.addEventListener("focusin", (event) => {
    const entry = nodeOf(event.target);
    if (entry) focusNode(entry);
    hover(entry);
  });
  figure.addEventListener("focusout", () => hover(null));
}

function start() {
  document.documentElement.classList.add("scripted");
  byId("collapse").hidden = columns.length < 3;
  byId("colour-choice").hidden = !figure.classList.contains("ramped");
  figure.classList.toggle("coloured", figure.classList.contains("ramped"));
  if (scene.nodes.length) focusNode(nodes.get(visits.length ? visits[0].node : scene.nodes[0].key));
  wire();
  fit();
  if (!visits.length) {
    showNode();
    return;
  }
  rewind();
  choose("node");
}

start();
