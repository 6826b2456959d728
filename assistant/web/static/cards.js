// Product cards: pictures that do not load, rows that scroll, products chosen to compare.
const MOST = 4;

export function watchCards(root, words, send) {
  watchPictures(root);
  watchStrips(root);
  watchChoices(root, words, send);
}

function watchPictures(root) {
  const broken = (event) => {
    if (event.target.tagName === "IMG") event.target.closest(".picture")?.classList.add("missing");
  };
  root.addEventListener("error", broken, true);
}

function watchStrips(root) {
  const update = (strip) => {
    const row = strip.querySelector(".cards");
    const left = row.scrollWidth - row.clientWidth - row.scrollLeft;
    strip.querySelector(".back").hidden = row.scrollLeft < 8;
    strip.querySelector(".forward").hidden = left < 8;
  };
  const sizes = new ResizeObserver((entries) => {
    for (const entry of entries) update(entry.target);
  });
  const adopt = () => {
    for (const strip of root.querySelectorAll(".strip:not([data-watched])")) {
      strip.dataset.watched = "yes";
      strip.querySelector(".cards").addEventListener("scroll", () => update(strip), { passive: true });
      sizes.observe(strip);
    }
  };
  new MutationObserver(adopt).observe(root.querySelector("[data-turns]"), {
    childList: true,
    subtree: true,
  });
  root.addEventListener("click", (event) => {
    const button = event.target.closest("[data-scroll]");
    if (!button) return;
    const row = button.closest(".strip").querySelector(".cards");
    row.scrollBy({ left: Number(button.dataset.scroll) * (row.clientWidth - 60) });
  });
}

function watchChoices(root, words, send) {
  const bar = root.querySelector("[data-compare-bar]");
  const go = bar.querySelector("[data-compare-go]");
  const chosen = new Map();

  const update = () => {
    bar.hidden = chosen.size === 0;
    go.disabled = chosen.size < 2;
    go.textContent = words.get("compare_chosen", { count: chosen.size });
    for (const box of root.querySelectorAll("[data-compare]")) {
      box.checked = chosen.has(box.dataset.compare);
      box.disabled = chosen.size >= MOST && !box.checked;
    }
  };
  const clear = () => {
    chosen.clear();
    update();
  };

  root.addEventListener("change", (event) => {
    const { compare, title } = event.target.dataset;
    if (!compare) return;
    if (event.target.checked) chosen.set(compare, title);
    else chosen.delete(compare);
    update();
  });
  bar.querySelector("[data-compare-clear]").addEventListener("click", clear);
  go.addEventListener("click", () => {
    const text = `/compare_products${JSON.stringify({ product_id: [...chosen.keys()] })}`;
    const said = words.get("said_compare_products", { title: [...chosen.values()].join(" · ") });
    clear();
    send({ text, said });
  });
  root.addEventListener("words", update);
}
