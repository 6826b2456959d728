// The field to write in: Enter sends, Shift+Enter begins a new line.
const NEARLY = 0.9;

export function watchComposer(root, words, send) {
  const form = root.querySelector("[data-composer]");
  const field = form.querySelector("textarea");
  const button = form.querySelector("[type=submit]");
  const notice = root.querySelector("[data-too-long]");
  const longest = Number(root.dataset.longest);

  const check = () => {
    const length = [...field.value.trim()].length;
    button.disabled = length === 0 || length > longest;
    field.setAttribute("aria-invalid", String(length > longest));
    notice.hidden = length < longest * NEARLY;
    notice.textContent =
      length > longest
        ? words.get("too_long", { count: length - longest })
        : `${length} / ${longest}`;
    field.style.height = "auto";
    field.style.height = `${Math.min(field.scrollHeight, 160)}px`;
  };

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    check();
    if (button.disabled) return;
    // Half a sign, as a torn paste leaves it, could not be written down.
    send(field.value.trim().replace(/\p{Surrogate}/gu, "\ufffd"));
    field.value = "";
    check();
    field.focus();
  });
  field.addEventListener("input", check);
  field.addEventListener("keydown", (event) => {
    // While an input method composes a word, Enter belongs to it.
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    form.requestSubmit();
  });
  root.addEventListener("words", check);

  return {
    ready() {
      check();
      if (matchMedia("(hover: hover)").matches) field.focus({ preventScroll: true });
    },
  };
}
