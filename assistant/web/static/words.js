// The page's own words, in the language that the shopper uses.
export class Words {
  constructor(root) {
    this.root = root;
    this.all = JSON.parse(root.dataset.words);
    this.names = JSON.parse(root.dataset.names);
    this.language = root.dataset.language;
  }

  get(name, facts = {}) {
    const pattern = this.all[this.language][name];
    return pattern.replace(/\{(\w+)\}/g, (_, fact) => facts[fact]);
  }

  use(language) {
    this.language = language;
    document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
    document.title = this.names[language];
    this.root.querySelector("[data-shop]").textContent = this.names[language];
    this.#each("word", (element, text) => (element.textContent = text));
    this.#each("wordLabel", (element, text) => element.setAttribute("aria-label", text));
    this.#each("wordHint", (element, text) => element.setAttribute("placeholder", text));
    for (const welcome of this.root.querySelectorAll("[data-welcome]")) {
      welcome.hidden = welcome.dataset.welcome !== language || this.root.dataset.begun === "yes";
    }
    this.root.dispatchEvent(new CustomEvent("words"));
  }

  #each(key, change) {
    const attribute = `data-${key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
    for (const element of this.root.querySelectorAll(`[${attribute}]`)) {
      change(element, this.get(element.dataset[key]));
    }
  }
}
