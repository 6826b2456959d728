// The conversation: messages go to the server one after the other, in the order they were
// written. One that fails stays, with a way to try again; those behind it wait.
const PATIENCE = 60_000;

export class Conversation {
  constructor(root, words, server, showAround) {
    this.root = root;
    this.words = words;
    this.server = server;
    this.showAround = showAround;
    this.log = root.querySelector("[data-log]");
    this.turns = root.querySelector("[data-turns]");
    this.waiting = [];
    this.session = "";
    this.turn = 0;
    this.busy = false;
    this.late = [];
  }

  /** Show what was said before. */
  begin(opened) {
    this.session = opened.session;
    this.turn = opened.turn;
    if (opened.turns) this.#begun();
    this.turns.insertAdjacentHTML("afterbegin", opened.turns);
    this.showAround(opened);
    this.#scrollTo(this.log.scrollHeight, "instant");
    this.#work();
  }

  /** Send a message: `text` to the assistant, `said` to the eye. */
  send(message) {
    this.#begun();
    const section = makeTurn(message, this.words.get("you"));
    this.turns.append(section);
    this.waiting.push({ ...message, section, again: false, id: newId() });
    this.#work();
    this.#scrollTo(this.log.scrollHeight);
  }

  /** Call until it works; between two tries the shopper decides. */
  async tryUntilOpen(call) {
    for (;;) {
      const opened = await answerOf(call());
      if (opened) return opened;
      await new Promise((again) => this.turns.append(this.#retryLine("not_open", again)));
    }
  }

  async #work() {
    if (this.busy || !this.session) return;
    this.busy = true;
    while (this.waiting.length && (await this.#deliver(this.waiting[0]))) this.waiting.shift();
    this.busy = false;
    for (const one of this.late.splice(0)) this.receive(one);
  }

  /** Show a turn that came by itself: an agent's, or one's own from another window. */
  receive({ turn, html, language }) {
    // While an answer is awaited, this may be that answer.
    if (this.busy) return this.late.push({ turn, html, language });
    if (this.turns.querySelector(`[data-turn="${turn}"]`)) return;
    this.#begun();
    const later = [...this.turns.children].find((one) => Number(one.dataset.turn) > turn);
    if (later) later.insertAdjacentHTML("beforebegin", html);
    else this.turns.insertAdjacentHTML("beforeend", html);
    this.turn = Math.max(this.turn, turn);
    if (!later) this.#scrollTo(this.log.scrollHeight);
  }

  async #deliver(message) {
    const { section, text, again, id } = message;
    this.#expect(section);
    const request = { session: this.session, text, known_turn: this.turn, again, id };
    if (this.root.dataset.page) request.page_product = this.root.dataset.page;
    const answered = await answerOf(this.server.send_message(request));
    if (!answered || answered.too_fast) {
      message.again ||= !answered;
      this.#fail(section, answered?.too_fast);
      return false;
    }
    this.turn = Math.max(this.turn, answered.turn);
    section.dataset.turn = answered.turn;
    if (answered.said) section.querySelector(".bubble").textContent = answered.said;
    section.querySelector(".answer").innerHTML = answered.reply;
    this.showAround(answered);
    this.#bringToView(section);
    return true;
  }

  #begun() {
    this.root.dataset.begun = "yes";
    for (const welcome of this.root.querySelectorAll("[data-welcome]")) welcome.hidden = true;
  }

  #expect(section) {
    const typing = document.createElement("div");
    typing.className = "typing";
    typing.innerHTML = '<span class="dots" aria-hidden="true"><i></i><i></i><i></i></span>';
    typing.append(this.words.get("thinking"));
    section.querySelector(".answer").replaceChildren(typing);
  }

  #fail(section, seconds) {
    const reason = seconds ? "too_fast" : "not_sent";
    const line = this.#retryLine(reason, () => this.#work(), { count: seconds });
    section.querySelector(".answer").replaceChildren(line);
    this.#bringToView(section);
  }

  #retryLine(reason, again, facts = {}) {
    const line = document.createElement("p");
    line.className = "failed";
    line.setAttribute("role", "alert");
    const button = document.createElement("button");
    button.type = "button";
    button.className = "act";
    button.textContent = this.words.get("retry");
    button.addEventListener("click", () => {
      line.remove();
      again();
    });
    line.append(this.words.get(reason, facts), button);
    return line;
  }

  /** The newest message from its beginning, when it is the last thing said. */
  #bringToView(section) {
    if (section === this.turns.lastElementChild) this.#scrollTo(section.offsetTop - 16);
  }

  #scrollTo(top, behavior = "auto") {
    this.log.scrollTo({ top, behavior });
  }
}

function makeTurn(message, you) {
  const section = document.createElement("section");
  section.className = message.quiet ? "turn quiet" : "turn";
  section.innerHTML =
    '<div class="mine"><span class="unseen"></span><p class="bubble" dir="auto"></p></div><div class="answer"></div>';
  section.querySelector(".unseen").textContent = `${you}: `;
  section.querySelector(".bubble").textContent = message.said;
  return section;
}

function newId() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, "0"),
  ).join("");
}

// A call that takes too long counts as lost.
function answerOf(call) {
  const late = new Promise((resolve) => setTimeout(resolve, PATIENCE));
  return Promise.race([call, late]).catch(() => undefined);
}
