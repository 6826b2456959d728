// What the server tells an open page: agents' messages, the place in the queue, who is typing.
const TYPED_EVERY = 2_000;
const TYPING_LASTS = 4_000;

export function watchLive(root, words, talk) {
  const typing = typingLine(root, words);
  let hide = 0;
  const source = new EventSource(`live/${talk.session}?after=${talk.turn}`);
  source.addEventListener("turn", (event) => {
    typing.hidden = true;
    const turn = JSON.parse(event.data);
    talk.receive(turn);
    if (turn.desk && root.dataset.embed) parent.postMessage("daogou:news", "*");
  });
  source.addEventListener("handoff", (event) => showHandoff(root, JSON.parse(event.data)));
  source.addEventListener("typing", () => {
    typing.hidden = false;
    clearTimeout(hide);
    hide = setTimeout(() => (typing.hidden = true), TYPING_LASTS);
  });
  addEventListener("pagehide", () => source.close());
  tellTyping(root, talk.session);
}

export function showHandoff(root, text) {
  const line = root.querySelector("[data-handoff]");
  if (line.textContent !== text) line.textContent = text;
  line.hidden = !text;
}

function typingLine(root, words) {
  const line = document.createElement("p");
  line.className = "agent-typing";
  line.hidden = true;
  line.innerHTML = '<span class="dots" aria-hidden="true"><i></i><i></i><i></i></span><span></span>';
  const say = () => (line.lastElementChild.textContent = words.get("agent_typing"));
  say();
  root.addEventListener("words", say);
  root.querySelector("[data-turns]").after(line);
  return line;
}

// Only while somebody is asked for or there: else nobody would read it.
function tellTyping(root, session) {
  let told = 0;
  root.querySelector("textarea").addEventListener("input", () => {
    const now = Date.now();
    if (root.querySelector("[data-handoff]").hidden || now - told < TYPED_EVERY) return;
    told = now;
    fetch(`live/${session}/typing`, { method: "POST" }).catch(() => {});
  });
}
