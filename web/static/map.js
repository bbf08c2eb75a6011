// The street map, once somebody presses the button. Without this script the sketch and the list do.
(() => {
  const box = document.querySelector("[data-map]");
  if (!box) return;
  const told = box.dataset;
  const ask = box.querySelector(".map__ask");
  const button = ask.querySelector("button");
  const streets = box.querySelector(".map__streets");
  const note = document.querySelector(".mapview__note");

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

  const places = () =>
    [...document.querySelectorAll("[data-at]")].map((item) => {
      const number = item.querySelector(".pinned__n")?.textContent ?? "";
      const name = item.querySelector("h3").textContent;
      const icon = L.divIcon({ className: number ? "pin" : "pin pin--small", html: number, iconSize: number ? [32, 32] : [24, 24] });
      const marker = L.marker(item.dataset.at.split(",").map(Number), { icon, title: name, alt: number ? `${number}: ${name}` : name });
      const text = document.createElement("div");
      text.append(...[...item.querySelectorAll("h3, h3 + p")].map((part) => part.cloneNode(true)));
      return { item, name, marker: marker.bindPopup(text), isNear: number && !("far" in item.dataset) };
    });

  // Places that would cover each other are one mark, which opens into them.
  const bundle = (members, map) => {
    const names = members.map(({ name }) => name).join(", ");
    const icon = L.divIcon({ className: "pin pin--many", html: `${members.length}×`, iconSize: [42, 42] });
    const bounds = L.latLngBounds(members.map(({ marker }) => marker.getLatLng()));
    return L.marker(bounds.getCenter(), { icon, title: names, alt: names }).on("click", () => {
      map.fitBounds(bounds, { padding: [60, 60] });
      streets.focus({ preventScroll: true });
    });
  };

  const group = (all, map, layer) => {
    const groups = [];
    for (const one of all) {
      const at = map.project(one.marker.getLatLng());
      const near = groups.find((other) => other.at.distanceTo(at) < 42);
      if (near) near.push(one);
      else groups.push(Object.assign([one], { at }));
    }
    layer.clearLayers();
    for (const members of groups) {
      if (members[1]) layer.addLayer(bundle(members, map));
      else members.forEach(({ marker }) => layer.addLayer(marker));
    }
  };

  // The list beside the map holds what the map shows.
  const follow = (all, map) => {
    const seen = map.getBounds();
    for (const { item, marker } of all) item.hidden = !seen.contains(marker.getLatLng());
    const shown = all.filter(({ item }) => !item.hidden);
    note.textContent = told.shown.replace("#", shown.length).replace("#", all.length);
  };

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
    const layer = L.layerGroup().addTo(map);
    map.on("zoomend", () => group(all, map, layer)).on("moveend", () => follow(all, map));
    document.querySelectorAll(".mapview .fold:has([data-at])").forEach((fold) => { fold.open = true; });
    group(all, map, layer);
    follow(all, map);
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
