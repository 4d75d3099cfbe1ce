// What part of the figure is seen: zoom at the pointer, drag, pinch, fit.
const margin = 16;
const content = { w: scene.size[0], h: scene.size[1] };
const view = { x: 0, y: 0, w: 1, h: 1, fitted: true };
const pointers = new Map();
let dragged = false;

function setView(x, y, w, h) {
  Object.assign(view, { x, y, w, h });
  figure.setAttribute("viewBox", `${x} ${y} ${w} ${h}`);
}

/** Show all of the figure. */
function fit() {
  setView(-margin, -margin, content.w + 2 * margin, content.h + 2 * margin);
  view.fitted = true;
}

/** Multiply what is seen by a factor; the point (x, y) of the figure stays where it is. */
function zoom(factor, x = view.x + view.w / 2, y = view.y + view.h / 2) {
  const w = Math.max(40, Math.min(view.w * factor, 6 * (content.w + 2 * margin)));
  const scale = w / view.w;
  setView(x - (x - view.x) * scale, y - (y - view.y) * scale, w, view.h * scale);
  view.fitted = false;
}

/** A point of the screen as a point of the figure. */
function toFigure(x, y) {
  const point = new DOMPoint(x, y).matrixTransform(figure.getScreenCTM().inverse());
  return [point.x, point.y];
}

/** Move the view as little as brings a node into it. */
function reveal({ at: [, y], size: [w, h] }, x) {
  const [left, top] = [x - w, y - h];
  const inside = left >= view.x && x + w <= view.x + view.w && top >= view.y && y + h <= view.y + view.h;
  if (!view.fitted && !inside) setView(x - view.w / 2, y - view.h / 2, view.w, view.h);
}

function onWheel(event) {
  event.preventDefault();
  const pixels = event.deltaY * (event.deltaMode === 1 ? 16 : event.deltaMode === 2 ? 400 : 1);
  zoom(Math.exp(Math.max(-300, Math.min(pixels, 300)) / 500), ...toFigure(event.clientX, event.clientY));
}

function onPointerDown(event) {
  if (!pointers.size) dragged = false;
  pointers.set(event.pointerId, [event.clientX, event.clientY]);
}

/** The middle of all pointers and their distance from it. */
function spread() {
  const all = [...pointers.values()];
  const x = all.reduce((sum, point) => sum + point[0], 0) / all.length;
  const y = all.reduce((sum, point) => sum + point[1], 0) / all.length;
  return { x, y, radius: Math.hypot(all[0][0] - x, all[0][1] - y) };
}

function onPointerMove(event) {
  if (!pointers.has(event.pointerId)) return;
  const old = spread();
  const [x, y] = pointers.get(event.pointerId);
  // A click may tremble by a few pixels.
  if (!dragged && pointers.size === 1 && Math.hypot(event.clientX - x, event.clientY - y) < 4) return;
  if (!dragged) figure.setPointerCapture(event.pointerId);
  dragged = true;
  pointers.set(event.pointerId, [event.clientX, event.clientY]);
  const now = spread();
  const [x0, y0] = toFigure(old.x, old.y);
  const [x1, y1] = toFigure(now.x, now.y);
  setView(view.x + x0 - x1, view.y + y0 - y1, view.w, view.h);
  view.fitted = false;
  if (pointers.size > 1 && now.radius > 0) zoom(old.radius / now.radius, ...toFigure(now.x, now.y));
}

const onPointerUp = (event) => pointers.delete(event.pointerId);

figure.addEventListener("wheel", onWheel, { passive: false });
figure.addEventListener("pointerdown", onPointerDown);
figure.addEventListener("pointermove", onPointerMove);
for (const name of ["pointerup", "pointercancel", "pointerleave"]) figure.addEventListener(name, onPointerUp);
