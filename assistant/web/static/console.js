// The support console: fragments come rendered from the server; this puts them in their places.
import { sendOrderForm, showOrders } from "./orders.js";

const page = document.body;
const root = page.dataset.root;
const words = JSON.parse(page.dataset.words);
const lang = `lang=${page.dataset.language}`;
const main = document.querySelector(".desk");
const list = document.querySelector("[data-queue-list]");
const panel = document.querySelector("[data-ticket]");
const lost = document.querySelector("[data-lost]");
const TYPED_EVERY = 2_000;
const TYPING_LASTS = 4_000;

let queue = "open";
let chosen = "";
let searched = "";
let shownPage = 0;
let source;
let typedAt = 0;
let hideTyping = 0;

async function get(path) {
  const answer = await fetch(`${root}/console/${path}`);
  if (answer.status === 401) location.reload();
  if (!answer.ok) throw new Error(answer.status);
  return answer;
}

async function post(path, body = {}) {
  const isForm = body instanceof URLSearchParams;
  const type = isForm ? "application/x-www-form-urlencoded" : "application/json";
  return fetch(`${root}/console/${path}?${lang}`, {
    method: "POST",
    headers: { "Content-Type": type, "X-CSRF-Token": page.dataset.csrf },
    body: isForm ? body : JSON.stringify(body),
  });
}

// --- the queue ---
async function showQueue() {
  const form = document.querySelector("[data-filters]");
  const filters = new URLSearchParams(new FormData(form));
  const path = searched
    ? `history?${lang}&q=${encodeURIComponent(searched)}&page=${shownPage}`
    : `queue?${lang}&queue=${queue}&page=${shownPage}&chosen=${encodeURIComponent(chosen)}&${filters}`;
  try {
    const shown = await (await get(path)).text();
    await letGo;
    replaceQueue(shown);
  } catch {
    lost.hidden = false;
  }
}

// A row that goes away under a finger or the pointer would swallow the click.
let letGo = Promise.resolve();
let release = () => {};
list.addEventListener("pointerdown", () => {
  letGo = new Promise((resolve) => (release = () => setTimeout(resolve)));
});
for (const end of ["pointerup", "pointercancel"]) {
  document.addEventListener(end, () => release());
}

// Who goes through the rows with the keyboard stays at the same one.
function replaceQueue(shown) {
  const focused = list.contains(document.activeElement) && document.activeElement.dataset.open;
  list.innerHTML = shown;
  if (focused) list.querySelector(`[data-open="${CSS.escape(focused)}"]`)?.focus();
}

function showFirstPage() {
  shownPage = 0;
  return showQueue();
}

document.querySelector("[data-filters]").addEventListener("change", showFirstPage);
for (const button of document.querySelectorAll("[data-queue]")) {
  button.addEventListener("click", () => {
    queue = button.dataset.queue;
    press("[data-queue]", button);
    showFirstPage();
  });
}
document.querySelector("[data-search]").addEventListener("submit", (event) => {
  event.preventDefault();
  searched = new FormData(event.target).get("q").trim();
  showFirstPage();
});

function press(all, one) {
  for (const button of document.querySelectorAll(all)) {
    button.setAttribute("aria-pressed", String(button === one));
  }
}

for (const button of document.querySelectorAll("[data-view]")) {
  button.addEventListener("click", async () => {
    press("[data-view]", button);
    main.dataset.shows = button.dataset.view;
    if (button.dataset.view !== "history") {
      searched = "";
      document.querySelector("[data-search]").reset();
    }
    if (button.dataset.view === "overview") {
      const shown = await get(`overview?${lang}`);
      document.querySelector("[data-overview]").innerHTML = await shown.text();
    } else showFirstPage();
  });
}

// --- one conversation ---
async function open(id, keep = "") {
  chosen = id;
  main.dataset.reading = "yes";
  const shown = await get(`tickets/${encodeURIComponent(id)}?${lang}`);
  panel.innerHTML = await shown.text();
  const field = panel.querySelector("#answer");
  if (field) {
    field.value = keep;
    field.focus();
  }
  toEnd();
  listen();
  showQueue();
}

function toEnd() {
  const log = panel.querySelector("[data-log]");
  if (log) log.scrollTop = log.scrollHeight;
}

document.addEventListener("click", async (event) => {
  const opener = event.target.closest("[data-open]");
  if (opener) return open(opener.dataset.open);
  const act = event.target.closest("[data-act]");
  if (act) return done(await post(`tickets/${chosen}/${act.dataset.act}`));
  const turned = event.target.closest("[data-page]");
  if (turned) {
    shownPage = Number(turned.dataset.page);
    return showQueue();
  }
  if (event.target.closest("[data-orders]")) {
    return showOrders(panel, () => get(`tickets/${chosen}/orders?${lang}`));
  }
  if (event.target.closest("[data-close-ticket]")) main.dataset.reading = "no";
  if (event.target.closest("[data-suggest]")) suggest();
  const suggested = event.target.closest("[data-take]");
  if (suggested) fillIn(suggested.dataset.take);
});

panel.addEventListener("change", async (event) => {
  const select = event.target;
  if (select.matches("[data-canned]")) return fillIn(select.value);
  if (!select.matches("[data-act-select]") || !select.value) return;
  const key = { snooze: "minutes", assign: "agent", priority: "priority" }[select.dataset.actSelect];
  const value = key === "minutes" ? Number(select.value) : select.value;
  done(await post(`tickets/${chosen}/${select.dataset.actSelect}`, { [key]: value }));
});

async function done(answer) {
  if (answer.ok || answer.status === 404) return open(chosen, panel.querySelector("#answer")?.value);
  problem((await answer.json().catch(() => ({}))).words ?? words.not_sent);
}

function problem(text) {
  const line = panel.querySelector("[data-problem]") ?? panel.querySelector(".hint");
  if (!line) return;
  line.textContent = text;
  line.hidden = false;
}

function fillIn(text) {
  const field = panel.querySelector("#answer");
  if (!field || !text) return;
  field.value = text;
  field.focus();
}

async function suggest() {
  const place = panel.querySelector("[data-suggested]");
  const found = await (await get(`tickets/${chosen}/suggestions`)).json();
  place.replaceChildren(...found.map(suggestion));
  if (!found.length) place.textContent = words.no_suggestions;
}

function suggestion({ text, source: from, date }) {
  const item = document.createElement("li");
  const button = document.createElement("button");
  button.type = "button";
  button.dataset.take = text;
  button.textContent = text;
  const small = document.createElement("small");
  small.textContent = `${words.source}: ${from}${date ? ` · ${date}` : ""}`;
  item.append(button, small);
  return item;
}

panel.addEventListener("submit", async (event) => {
  event.preventDefault();
  if (event.target.matches("[data-answer]")) return send(event.target);
  if (event.target.matches("[data-order-form]")) {
    const send = (step, fields) => post(`tickets/${chosen}/orders/${step}`, fields);
    return sendOrderForm(event.target, send, words.not_sent);
  }
  if (!event.target.matches("[data-note]")) return;
  const field = event.target.querySelector("textarea");
  done(await post(`tickets/${chosen}/note`, { text: field.value }));
});

panel.addEventListener("keydown", (event) => {
  if (event.target.id !== "answer" || event.key !== "Enter" || event.shiftKey) return;
  if (event.isComposing || event.keyCode === 229) return;
  event.preventDefault();
  event.target.form.requestSubmit();
});

panel.addEventListener("input", (event) => {
  const now = Date.now();
  if (event.target.id !== "answer" || now - typedAt < TYPED_EVERY) return;
  typedAt = now;
  post(`tickets/${chosen}/typing`).catch(() => {});
});

// A message keeps its id until it got through, so trying again writes it once.
async function send(form) {
  const field = form.querySelector("textarea");
  const text = field.value.trim();
  if (!text) return;
  const same = field.dataset.sent === text;
  const id = same ? field.dataset.id : crypto.randomUUID?.() ?? String(Math.random()).slice(2);
  Object.assign(field.dataset, { sent: text, id });
  try {
    const answer = await post(`tickets/${chosen}/say`, { text, id });
    if (!answer.ok) return problem((await answer.json()).words ?? words.not_sent);
    field.value = "";
    delete field.dataset.sent;
    panel.querySelector("[data-problem]").hidden = true;
    panel.querySelector("[data-suggested]").replaceChildren();
  } catch {
    problem(words.not_sent);
  }
}

// --- what happens meanwhile ---
function listen() {
  source?.close();
  const conversation = panel.querySelector("[data-last]");
  const last = conversation?.dataset.last ?? 0;
  const about = conversation ? `?ticket=${encodeURIComponent(chosen)}&after=${last}` : "";
  source = new EventSource(`${root}/console/live${about}`);
  source.addEventListener("open", () => (lost.hidden = true));
  source.addEventListener("error", () => (lost.hidden = false));
  source.addEventListener("queue", changed);
  source.addEventListener("turn", (event) => addTurn(JSON.parse(event.data)));
  source.addEventListener("typing", () => {
    const line = panel.querySelector("[data-typing]");
    if (!line) return;
    line.hidden = false;
    toEnd();
    clearTimeout(hideTyping);
    hideTyping = setTimeout(() => (line.hidden = true), TYPING_LASTS);
  });
}

// An event or a button changes the ticket itself: then all of it is fetched again.
function addTurn({ turn, html }) {
  const turns = panel.querySelector("[data-turns]");
  if (!turns || turns.querySelector(`[data-turn="${turn}"]`)) return;
  turns.insertAdjacentHTML("beforeend", html);
  const line = panel.querySelector("[data-typing]");
  if (line) line.hidden = true;
  toEnd();
  if (turns.lastElementChild?.querySelector(".event")) refresh();
}

// At most once a second: the queue of a busy desk changes all the time.
let waiting = 0;
let shownAt = 0;
function changed() {
  if (waiting) return;
  const pause = Math.max(shownAt + 1_000 - Date.now(), 100);
  waiting = setTimeout(() => {
    waiting = 0;
    shownAt = Date.now();
    showQueue();
  }, pause);
}

function refresh() {
  const field = panel.querySelector("#answer");
  open(chosen, field?.value ?? "");
}

document.querySelector("[data-online]").addEventListener("change", (event) =>
  post("me", { online: event.target.checked }),
);
document.querySelector("[data-sign-out]").addEventListener("click", async () => {
  await post("sign-out");
  location.reload();
});
setInterval(showQueue, 30_000);
listen();
