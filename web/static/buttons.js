/* Bündel: buttons that only a script can honour, put where a page says so: copy, print, share. */
(() => {
  const button = (words) => Object.assign(document.createElement("button"), {
    type: "button", className: "button button--quiet", textContent: words,
  });
  const copy = async (field) => {
    try { await navigator.clipboard.writeText(field.value); }
    catch { field.select(); document.execCommand("copy"); }
  };
  const acts = {
    copy: (place, made) => made.addEventListener("click", async () => {
      await copy(document.getElementById(place.dataset.copy));
      const words = made.textContent;
      made.textContent = place.dataset.done;
      setTimeout(() => { made.textContent = words; }, 2500);
    }),
    print: (place, made) => made.addEventListener("click", () => print()),
    share: (place, made) => made.addEventListener("click", () =>
      navigator.share({ title: document.title, url: place.dataset.share }).catch(() => {})),
  };
  const offer = () => {
    for (const place of document.querySelectorAll("[data-offer]:empty")) {
      if (place.dataset.offer === "share" && !navigator.share) continue;
      const made = button(place.dataset.words);
      acts[place.dataset.offer](place, made);
      place.setAttribute("aria-live", "polite");
      place.append(made);
    }
  };
  offer();
  document.addEventListener("buendel:changed", offer);
})();
