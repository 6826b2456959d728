// <script src="…/widget.js" data-shop="…" async></script> puts a chat on any page.
// data-product: the product of this page (else schema.org's Product is looked for);
// data-token: a signed identity; data-lang: en or zh; data-accent: a colour; data-side: left.
(() => {
  const me = document.currentScript;
  if (!me || window.daogouWidget) return;
  const base = new URL(".", me.src);
  const set = me.dataset;
  const zh = (set.lang || document.documentElement.lang || navigator.language || "").startsWith("zh");
  const words = zh ? ["打开购物助手", "关闭购物助手", "购物助手"] : ["Open the chat", "Close the chat", "Shopping assistant"];
  const KEY = "daogou.open";

  function product() {
    if (set.product) return set.product;
    for (const one of document.querySelectorAll('script[type="application/ld+json"]')) {
      try {
        const found = [JSON.parse(one.textContent)].flat().find((it) => it["@type"] === "Product");
        const id = found && (found.productID || found.sku);
        if (id) return String(id);
      } catch {
        // Not ours to mend.
      }
    }
    return "";
  }

  const host = document.createElement("div");
  const shadow = host.attachShadow({ mode: "open" });
  const side = set.side === "left" ? "left" : "right";
  const accent = CSS.supports("color", set.accent || "") ? set.accent : "#a93619";
  const style = document.createElement("style");
  style.textContent = `
    button{all:unset;box-sizing:border-box;position:fixed;${side}:20px;bottom:20px;z-index:2147483000;width:60px;height:60px;border-radius:50%;background:${accent};color:#fff;display:grid;place-items:center;cursor:pointer;box-shadow:0 4px 16px rgb(0 0 0/25%)}
    button:focus-visible{outline:3px solid #1a5fb4;outline-offset:3px}
    i{position:absolute;top:2px;right:2px;width:14px;height:14px;border-radius:50%;background:#1a5fb4;border:2px solid #fff}
    iframe{position:fixed;${side}:20px;bottom:92px;z-index:2147483000;width:400px;height:min(640px,calc(100dvh - 112px));border:1px solid #0003;border-radius:16px;background:#fff;box-shadow:0 8px 32px rgb(0 0 0/25%)}
    [hidden]{display:none}
    @media(max-width:520px){iframe{inset:0 0 auto;width:100%;height:calc(100dvh - 76px);border-radius:0}button{bottom:8px;${side}:8px}}`;
  const button = document.createElement("button");
  button.type = "button";
  button.innerHTML =
    '<svg width="28" height="28" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" stroke-linejoin="round" aria-hidden="true"><path d="M4 5h16v11H9l-5 4z"/></svg><i hidden></i>';
  const dot = button.querySelector("i");
  let frame;

  function show(open, focus) {
    if (open && !frame) {
      frame = document.createElement("iframe");
      frame.title = words[2];
      const hash = new URLSearchParams({ embed: "1", page: product(), lang: zh ? "zh" : "en" });
      if (set.token) hash.set("token", set.token);
      frame.src = `${base}#${hash}`;
      shadow.insertBefore(frame, button);
    }
    if (frame) frame.hidden = !open;
    if (open) dot.hidden = true;
    button.setAttribute("aria-expanded", open);
    button.setAttribute("aria-label", words[open ? 1 : 0]);
    try {
      sessionStorage.setItem(KEY, open ? "1" : "");
    } catch {
      // It opens by hand then.
    }
    if (focus) (open ? frame : button).focus();
  }

  const isOpen = () => button.getAttribute("aria-expanded") === "true";
  button.addEventListener("click", () => show(!isOpen(), true));
  addEventListener("message", (event) => {
    if (!frame || event.source !== frame.contentWindow || event.origin !== base.origin) return;
    if (event.data === "daogou:close") show(false, true);
    if (event.data === "daogou:news" && !isOpen()) dot.hidden = false;
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && isOpen() && shadow.activeElement) show(false, true);
  });

  let before = "";
  try {
    before = sessionStorage.getItem(KEY);
  } catch {
    // As above.
  }
  shadow.append(style, button);
  const start = () => {
    document.body.append(host);
    show(before === "1", false);
  };
  if (document.body) start();
  else addEventListener("DOMContentLoaded", start);
  window.daogouWidget = { open: () => show(true, true), close: () => show(false, true) };
})();
