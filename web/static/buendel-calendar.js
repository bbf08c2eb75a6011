/* Bündel: the calendar as an element of a page, <buendel-calendar src="https://…/embed?…">. It asks nobody but the
   calendar, sets no cookie, and keeps its last list in this browser for when the calendar cannot be reached
   (keep="no" turns that off). */
(() => {
  class BuendelCalendar extends HTMLElement {
    static observedAttributes = ["src"];
    connectedCallback() {
      if (this.shadowRoot) return;
      this.attachShadow({ mode: "open" }).innerHTML = "<slot></slot>";
      this.shadowRoot.addEventListener("click", (event) => {
        const link = event.target.closest("a[data-step]");
        if (!link || event.ctrlKey || event.metaKey) return;
        event.preventDefault();
        this.show(link.href, link.id);
      });
      this.show(this.getAttribute("src"));
    }
    attributeChangedCallback() {
      if (this.shadowRoot) this.show(this.getAttribute("src"));
    }
    async show(address, pressed) {
      if (!address) return;
      const list = new URL(address, document.baseURI);
      list.pathname += ".json";
      this.wanted = address;
      const kept = this.kept(address);
      if (kept) this.draw(kept, address, pressed);
      try {
        const answer = await fetch(list, { credentials: "omit" });
        if (!answer.ok) throw new Error(answer.status);
        const fresh = await answer.json();
        this.keep(address, fresh);
        if (this.wanted === address) this.draw(fresh, address, pressed);
      } catch {
        this.shadowRoot.querySelector(".embed__stale")?.removeAttribute("hidden");
      }
    }
    draw({ html, css }, address, pressed) {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(css);
      this.shadowRoot.adoptedStyleSheets = [sheet];
      this.shadowRoot.innerHTML = html;
      for (const link of this.shadowRoot.querySelectorAll("a")) link.href = new URL(link.getAttribute("href"), address);
      if (pressed) this.shadowRoot.getElementById(pressed)?.focus();
    }
    kept(address) {
      try { return JSON.parse(localStorage.getItem("buendel " + address)); } catch { return null; }
    }
    keep(address, fresh) {
      if (this.getAttribute("keep") === "no" || address !== this.getAttribute("src")) return;
      try { localStorage.setItem("buendel " + address, JSON.stringify(fresh)); } catch { /* no room, or not allowed */ }
    }
  }
  customElements.get("buendel-calendar") || customElements.define("buendel-calendar", BuendelCalendar);
})();
