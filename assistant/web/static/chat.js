// The chat page. start() is called once by the gr.HTML component with its element and the
// server functions; each of those resolves to undefined when the server could not be reached.
import { watchCards } from "./cards.js";
import { watchCart } from "./cart.js";
import { watchComposer } from "./composer.js";
import { Conversation } from "./conversation.js";
import { showHandoff, watchLive } from "./live.js";
import { Words } from "./words.js";

const MEMORY = "daogou.session";

export async function start(element, server) {
  const root = element.querySelector("#daogou");
  const words = new Words(root);
  const cart = watchCart(root, words, (message) => talk.send(message));
  const talk = new Conversation(root, words, server, (around) => {
    words.use(around.language);
    cart.show(around.cart, around.count);
    showHandoff(root, around.handoff);
  });
  const composer = watchComposer(root, words, (text) => talk.send({ text, said: text }));
  watchCards(root, words, (message) => talk.send(message));
  watchButtons(root, talk);
  fitKeyboard(root);
  const frame = readFrame(root);
  words.use(frame.get("lang") ?? browserLanguage());
  root.classList.add("ready");
  await open(talk, server, words, frame.get("token") ?? "");
  watchLive(root, words, talk);
  askAboutProduct(talk, words);
  composer.ready();
}

// "Ask the assistant" on a product's page leads to #product=<its id>.
function askAboutProduct(talk, words) {
  const product = new URLSearchParams(location.hash.slice(1)).get("product");
  if (!product) return;
  history.replaceState(null, "", location.pathname + location.search);
  const text = `/select_product${JSON.stringify({ product_id: product })}`;
  talk.send({ text, said: words.get("said_this") });
}

function browserLanguage() {
  const first = (navigator.languages?.[0] ?? navigator.language ?? "").toLowerCase();
  return first.startsWith("zh") ? "zh" : "en";
}

// In the floating chat of another page: its product, who the shop says is there, its language.
function readFrame(root) {
  const frame = new URLSearchParams(location.hash.slice(1));
  if (!frame.get("embed")) return new URLSearchParams();
  history.replaceState(null, "", location.pathname + location.search);
  root.dataset.embed = "yes";
  root.dataset.page = frame.get("page") ?? "";
  const close = () => parent.postMessage("daogou:close", "*");
  root.querySelector("[data-close-embed]").addEventListener("click", close);
  addEventListener("keydown", (event) => event.key === "Escape" && close());
  if (!["en", "zh"].includes(frame.get("lang"))) frame.delete("lang");
  return frame;
}

async function open(talk, server, words, token) {
  const request = { session: remembered(), language: words.language, token };
  const opened = await talk.tryUntilOpen(() => server.open_chat(request));
  remember(opened.session);
  talk.begin(opened);
}

// A browser may refuse to store anything; the conversation then lasts as long as the page.
function remembered() {
  try {
    return localStorage.getItem(MEMORY) ?? "";
  } catch {
    return "";
  }
}

function remember(session) {
  try {
    localStorage.setItem(MEMORY, session);
  } catch {
    // Nothing to do: see remembered().
  }
}

function watchButtons(root, talk) {
  root.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-payload]");
    if (!button) return;
    const { payload, said } = button.dataset;
    talk.send({ text: payload, said, quiet: Boolean(button.closest("[data-cart-body] .line")) });
  });
}

// Phones that lay their keyboard over the page tell how much is left to see.
function fitKeyboard(root) {
  const seen = window.visualViewport;
  if (!seen) return;
  const fit = () => {
    root.style.setProperty("--seen-height", `${seen.height}px`);
    root.style.setProperty("top", `${seen.offsetTop}px`);
  };
  seen.addEventListener("resize", fit);
  seen.addEventListener("scroll", fit);
}
