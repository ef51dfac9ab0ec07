// Saves the fields of an interview while they are typed. What is not saved yet stays on this device
// until the server has it, and what was typed is never thrown away.

const SETTLED = 600; // ms without a keystroke
const RETRY = 5000; // ms until the next try after a failure
const PARTS = ["value", "verified", "state", "reason", "note", "evidence"];

const form = document.querySelector("form[data-autosave]");
const told = form.querySelector("[data-save-state]");
const place = `touchstone:${form.dataset.store}:${form.dataset.autosave}`;

const pending = new Map(); // measure → fields, to be sent
const held = new Map(); // measure → fields that the server could not take: kept as they were typed
let timer = 0;
let under_way = null;
let again = false;

// --- fields ---

const box = (id) => form.querySelector(`[data-measure="${CSS.escape(id)}"]`);
const field = (id, part) => form.elements.namedItem(part === "value" ? id : `${id}:${part}`);

function read(id) {
  const fields = Object.fromEntries(PARTS.map((part) => [part, field(id, part)?.value ?? ""]));
  return { ...fields, revision: field(id, "revision").value };
}

function write(id, fields) {
  for (const part of PARTS) {
    const target = field(id, part);
    if (target) target.value = fields[part] ?? "";
  }
  if (PARTS.some((part) => part !== "value" && fields[part])) box(id).querySelector("details").open = true;
}

const same = (one, other) => PARTS.every((part) => (one[part] ?? "") === (other[part] ?? ""));

// --- this device ---

function keep() {
  const unsent = Object.fromEntries([...held, ...pending]);
  told.dataset.unsent = Object.keys(unsent).length;
  try {
    if (Object.keys(unsent).length) localStorage.setItem(place, JSON.stringify(unsent));
    else localStorage.removeItem(place);
  } catch {
    // A browser without room or permission: the server still gets every answer.
  }
}

function restore() {
  let unsent = {};
  try {
    unsent = JSON.parse(localStorage.getItem(place) ?? "{}");
  } catch {
    // Unreadable: there is nothing to restore.
  }
  for (const [id, fields] of Object.entries(unsent)) {
    if (!box(id) || (same(read(id), fields) && !fields.confirm)) continue;
    write(id, fields);
    pending.set(id, fields);
  }
  keep();
  if (pending.size) say(told.dataset.restored);
}

// --- words ---

function say(text, kind = "") {
  told.textContent = text;
  told.dataset.kind = kind;
}

const fill = (template, words) => template.replace(/%\((\w+)\)s/g, (_, name) => words[name] ?? "").replaceAll("%%", "%");
const clock = (moment) => new Date(moment).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });

// --- sending ---

function changed(event) {
  const id = event.target.closest("[data-measure]")?.dataset.measure;
  if (!id) return;
  pending.set(id, read(id));
  keep();
  clearTimeout(timer);
  timer = setTimeout(send, SETTLED);
  add_up();
}

// One request at a time: a second call waits for the first and then sends what has come since.
async function send() {
  clearTimeout(timer);
  if (under_way) {
    again = true;
    return under_way;
  }
  if (!pending.size) return true;
  under_way = attempt();
  const sent = await under_way;
  under_way = null;
  if (again) {
    again = false;
    return send();
  }
  return sent;
}

async function attempt() {
  const batch = new Map(pending);
  say(told.dataset.saving, "saving");
  let response;
  try {
    response = await fetch(form.dataset.autosave, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRFToken": cookie("csrftoken") },
      body: JSON.stringify({ answers: Object.fromEntries(batch) }),
    });
  } catch {
    return failed(told.dataset.kept);
  }
  if (!response.headers.get("Content-Type")?.startsWith("application/json")) return failed(told.dataset.lost);
  const answer = await response.json();
  if (!response.ok) return failed(fill(told.dataset.refused, { why: answer.message }));
  taken(batch, answer);
  return true;
}

function failed(text) {
  say(text, "failed");
  timer = setTimeout(send, RETRY);
  return false;
}

function taken(batch, answer) {
  for (const [id, fields] of batch) {
    const fault = answer.faults[id] ?? "";
    if (fault) held.set(id, fields);
    else held.delete(id);
    if (pending.get(id) === fields) pending.delete(id);
    show_fault(id, fault);
    if (answer.revisions[id]) field(id, "revision").value = answer.revisions[id];
    const newer = pending.get(id);
    if (newer) newer.revision = field(id, "revision").value;
  }
  keep();
  for (const [id, follows] of Object.entries(answer.derived)) show_derived(id, follows);
  show_carried(answer.carried);
  show_together(answer.together);
  const words = { time: clock(answer.saved_at), names: answer.overwrote.join(", ") };
  const lines = [fill(held.size ? told.dataset.faulty : told.dataset.saved, words)];
  if (answer.overwrote.length) lines.push(fill(told.dataset.overwrote, words));
  say(lines.join(". "), held.size ? "failed" : "saved");
}

function show_fault(id, text) {
  const entry = box(id);
  const line = entry.querySelector("[data-fault]");
  line.textContent = text;
  line.hidden = !text;
  entry.classList.toggle("has-error", Boolean(text));
  const control = document.getElementById(id);
  if (text) control.setAttribute("aria-invalid", "true");
  else control.removeAttribute("aria-invalid");
}

function show_derived(id, follows) {
  const target = form.querySelector(`[data-follows="${CSS.escape(id)}"]`);
  if (!target) return;
  target.querySelector("[data-derived]").textContent = follows.value || "–";
  target.querySelector("[data-figures]").textContent = follows.figures;
  target.querySelector("[data-waits]").textContent = follows.waits;
}

// What was confirmed says so instead of asking; what was typed over is an answer like any other.
function show_carried(carried) {
  for (const place of form.querySelectorAll("[data-carried]:has(button)")) {
    const id = place.closest("[data-measure]").dataset.measure;
    if (carried[id] === "waiting") continue;
    const held_focus = place.contains(document.activeElement);
    const line = document.createElement("p");
    Object.assign(line, { className: "soft small", tabIndex: -1, textContent: place.dataset.kept });
    if (carried[id]) place.replaceChildren(line);
    else place.remove();
    if (held_focus) line.focus();
  }
  for (const all of form.querySelectorAll("[data-carried-all]")) {
    if (all.querySelector("button").value.split(" ").some((id) => carried[id] === "waiting")) continue;
    const held_focus = all.contains(document.activeElement);
    const next = all.parentElement.querySelector("[data-carried] p");
    all.remove();
    if (held_focus) next?.focus();
  }
}

function show_together(sentences) {
  const target = form.querySelector("[data-together]");
  const now = sentences.join("\n");
  if (target.dataset.now === now) return;
  target.dataset.now = now;
  target.replaceChildren();
  if (!sentences.length) return;
  const notice = document.createElement("div");
  notice.className = "notice notice-caution";
  const title = document.createElement("p");
  title.append(Object.assign(document.createElement("strong"), { textContent: target.dataset.title }));
  const list = document.createElement("ul");
  for (const sentence of sentences) list.append(Object.assign(document.createElement("li"), { textContent: sentence }));
  notice.append(title, list);
  target.append(notice);
}

// The cookie may have changed since the page was loaded, so it is read at the moment of sending.
function cookie(name) {
  return document.cookie.split("; ").find((part) => part.startsWith(`${name}=`))?.slice(name.length + 1) ?? "";
}

// --- running sums ---

const number = (text) => (/^\s*-?\d+([.,]\d+)?\s*%?\s*$/.test(text) ? parseFloat(text.replace(",", ".")) : NaN);
const plain = (value) => String(Math.round(value * 100) / 100);

function add_up() {
  for (const line of form.querySelectorAll("[data-parts]")) {
    const given = line.dataset.parts.split(" ").map((id) => number(field(id, "value").value)).filter((value) => !Number.isNaN(value));
    const sum = given.reduce((one, other) => one + other, 0);
    const whole = Number(line.dataset.whole);
    const gap = Math.abs(whole - sum);
    const which = !given.length ? "sumNone" : gap <= Number(line.dataset.tolerance) + 1e-9 ? "sumWhole" : sum > whole ? "sumOver" : "sumUnder";
    const text = fill(form.dataset[which], { sum: plain(sum), whole: plain(whole), missing: plain(gap) });
    if (line.textContent !== text) line.textContent = text;
    line.dataset.kind = which;
  }
}

// --- when ---

form.addEventListener("input", changed);
form.addEventListener("click", (event) => {
  const button = event.target.closest("button[name=confirm]");
  if (!button) return;
  event.preventDefault();
  for (const id of button.value.split(" ")) {
    if (box(id).querySelector("[data-carried] button")) pending.set(id, { ...read(id), confirm: true });
  }
  keep();
  send();
});
form.addEventListener("focusout", () => {
  if (pending.size) send();
});
// The button sends what is left first; without a connection the page stays, with its text.
form.addEventListener("submit", async (event) => {
  if (!pending.size && !under_way) return;
  event.preventDefault();
  const button = event.submitter;
  if (await send()) form.requestSubmit(button);
});
window.addEventListener("online", send);
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "hidden") send();
});

restore();
add_up();
send();
