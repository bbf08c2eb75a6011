// The street map, and nothing of it before someone presses the button. Without this script the sketch and the list do.
(() => {
  const box = document.querySelector("[data-map]");
  if (!box) return;
  const told = box.dataset;
  const ask = box.querySelector(".map__ask");
  const button = ask.querySelector("button");
  const streets = box.querySelector(".map__streets");

  const load = (tag, attributes) =>
    new Promise((done, failed) => {
      const element = Object.assign(document.createElement(tag), attributes);
      element.onload = done;
      element.onerror = failed;
      document.head.append(element);
    });

  const tiles = () =>
    told.pmtiles
      ? protomapsL.leafletLayer({ url: told.pmtiles, flavor: "light", lang: document.documentElement.lang, attribution: told.attribution })
      : L.tileLayer(told.tiles, { maxZoom: 19, attribution: told.attribution });

  // Every place of the list, with the number that it has there.
  const places = () =>
    [...document.querySelectorAll("[data-at]")].map((item) => {
      const number = item.querySelector(".pinned__n")?.textContent ?? "";
      const name = item.querySelector("h3").textContent;
      const icon = L.divIcon({ className: number ? "pin" : "pin pin--small", html: number, iconSize: number ? [32, 32] : [24, 24] });
      const marker = L.marker(item.dataset.at.split(",").map(Number), { icon, title: name, alt: number ? `${number}: ${name}` : name });
      // Only what stands in the list already: its fold stays there.
      const text = document.createElement("div");
      text.append(...[...item.querySelectorAll("h3, h3 + p")].map((part) => part.cloneNode(true)));
      return { marker: marker.bindPopup(text), isNear: number && !("far" in item.dataset) };
    });

  const draw = () => {
    box.querySelector(".map__sketch").remove();
    streets.hidden = false;
    const map = L.map(streets, { zoomControl: false, scrollWheelZoom: false });
    map.attributionControl.setPrefix(false);
    L.control.zoom({ zoomInTitle: told.in, zoomOutTitle: told.out }).addTo(map);
    tiles().addTo(map);
    const all = places();
    const near = all.some(({ isNear }) => isNear) ? all.filter(({ isNear }) => isNear) : all;
    map.fitBounds(L.latLngBounds(near.map(({ marker }) => marker.getLatLng())), { padding: [40, 40], maxZoom: 16 });
    all.forEach(({ marker }) => marker.addTo(map));
    ask.remove();
    streets.focus({ preventScroll: true });
  };

  button.addEventListener("click", async () => {
    button.disabled = true;
    try {
      await Promise.all([load("link", { rel: "stylesheet", href: told.css }), load("script", { src: told.leaflet })]);
      if (told.protomaps) await load("script", { src: told.protomaps });
      draw();
    } catch {
      ask.replaceChildren(Object.assign(document.createElement("p"), { textContent: told.failed }));
    }
  });
  ask.hidden = false;
})();
