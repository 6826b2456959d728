// The cart panel: a column on a wide screen, a drawer on a narrow one.
const PAUSE = 500;

export function watchCart(root, words, send) {
  const body = root.querySelector("[data-cart-body]");
  const count = root.querySelector("[data-count]");
  watchDrawer(root);
  watchSteps(body, words, send);

  return {
    show(html, pieces) {
      keepingFocus(body, () => (body.innerHTML = html));
      count.textContent = pieces > 99 ? "99+" : String(pieces);
      count.hidden = pieces === 0;
    },
  };
}

function watchDrawer(root) {
  const panel = root.querySelector("[data-cart-panel]");
  const opener = root.querySelector("button[data-cart=open]");
  const shade = root.querySelector(".shade");
  const rest = [root.querySelector(".talk"), root.querySelector(".top")];

  const setOpen = (open) => {
    root.classList.toggle("cart-open", open);
    shade.hidden = !open;
    opener.setAttribute("aria-expanded", String(open));
    for (const part of rest) part.inert = open;
    (open ? panel.querySelector("[data-cart=close]") : opener).focus();
  };
  const isOpen = () => root.classList.contains("cart-open");

  root.addEventListener("click", (event) => {
    const way = event.target.closest("[data-cart]")?.dataset.cart;
    if (way) setOpen(way === "open");
    // What is said at the till belongs to the conversation.
    if (isOpen() && event.target.closest(".cart-foot [data-payload]")) setOpen(false);
  });
  root.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && isOpen()) setOpen(false);
  });
  // On a screen that grew wide the drawer is a column again.
  matchMedia("(min-width: 1000px)").addEventListener("change", (wide) => {
    if (wide.matches && isOpen()) setOpen(false);
  });
}

// Presses on + and − are gathered for a moment and sent as one wish.
function watchSteps(body, words, send) {
  const timers = new Map();
  body.addEventListener("click", (event) => {
    const button = event.target.closest("[data-step]");
    if (!button) return;
    const line = button.closest("[data-line]");
    const { line: variant, product, title } = line.dataset;
    const quantity = Number(line.dataset.quantity) + Number(button.dataset.step);
    showQuantity(line, quantity);
    const slots = { product_id: product, variant_id: variant, quantity };
    const message = {
      text: `/change_quantity${JSON.stringify(slots)}`,
      said: words.get("said_change_quantity", { title, count: quantity }),
      quiet: true,
    };
    clearTimeout(timers.get(variant));
    timers.set(variant, setTimeout(() => send(message), PAUSE));
  });
}

function showQuantity(line, quantity) {
  line.dataset.quantity = quantity;
  line.querySelector("output").textContent = quantity;
  line.querySelector("[data-step='-1']").disabled = quantity <= 1;
  line.querySelector("[data-step='1']").disabled = quantity >= Number(line.dataset.most);
}

// The panel is drawn anew after every turn; whoever stands on a button stays there.
function keepingFocus(body, draw) {
  const button = body.contains(document.activeElement) ? document.activeElement : null;
  const line = button?.closest("[data-line]")?.dataset.line;
  const step = button?.dataset.step;
  draw();
  if (line === undefined || step === undefined) return;
  const same = [...body.querySelectorAll("[data-line]")].find((one) => one.dataset.line === line);
  same?.querySelector(`[data-step="${step}"]`)?.focus();
}
