// The cart panel: a column on a wide screen, a drawer on a narrow one.
const PAUSE = 500;

export function watchCart(root, words, send) {
  const panel = root.querySelector("[data-cart-panel]");
  const body = root.querySelector("[data-cart-body]");
  const opener = root.querySelector("button[data-cart=open]");
  const count = root.querySelector("[data-count]");
  const rest = [root.querySelector(".talk"), root.querySelector(".top")];
  const shade = root.querySelector(".shade");

  const openDrawer = (open) => {
    root.classList.toggle("cart-open", open);
    shade.hidden = !open;
    opener.setAttribute("aria-expanded", String(open));
    for (const part of rest) part.inert = open;
    (open ? panel.querySelector("[data-cart=close]") : opener).focus();
  };
  root.addEventListener("click", (event) => {
    const way = event.target.closest("[data-cart]")?.dataset.cart;
    if (way) openDrawer(way === "open");
    const leaves = event.target.closest("[data-cart-body] .cart-foot [data-payload]");
    if (leaves && root.classList.contains("cart-open")) openDrawer(false);
  });
  root.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && root.classList.contains("cart-open")) openDrawer(false);
  });
  // A screen that grew wide shows the column again.
  matchMedia("(min-width: 1000px)").addEventListener("change", (wide) => {
    if (wide.matches && root.classList.contains("cart-open")) openDrawer(false);
  });
  watchSteps(body, words, send);

  return {
    show(html, pieces) {
      if (body.innerHTML !== html) body.innerHTML = html;
      count.textContent = pieces > 99 ? "99+" : String(pieces);
      count.hidden = pieces === 0;
    },
  };
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
    clearTimeout(timers.get(variant));
    const slots = { product_id: product, variant_id: variant, quantity };
    const message = {
      text: `/change_quantity${JSON.stringify(slots)}`,
      said: words.get("said_change_quantity", { title, count: quantity }),
      quiet: true,
    };
    timers.set(variant, setTimeout(() => send(message), PAUSE));
  });
}

function showQuantity(line, quantity) {
  line.dataset.quantity = quantity;
  line.querySelector("output").textContent = quantity;
  line.querySelector("[data-step='-1']").disabled = quantity <= 1;
  line.querySelector("[data-step='1']").disabled = quantity >= Number(line.dataset.most);
}
