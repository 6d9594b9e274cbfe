/* Sending what waits, one thing after the other, and fetching the village anew. Nothing is done before the server said so. */
"use strict";

(() => {
  const { store } = window.Doorstep;
  let running = null;

  class Lost extends Error {}
  class Wiped extends Error {}

  const ask = async (url, body, token) => {
    let answer;
    try {
      answer = await fetch(url, {
        method: body ? "POST" : "GET", credentials: "same-origin", redirect: "manual", cache: "no-store",
        headers: { Accept: "application/json", "Content-Type": "application/json", ...(token ? { "X-CSRFToken": token } : {}) },
        body: body ? JSON.stringify(body) : undefined,
      });
    } catch {
      throw new Lost("offline");
    }
    const isJson = (answer.headers.get("Content-Type") || "").includes("json");
    if (answer.type === "opaqueredirect") throw new Lost("signedOut");
    if (!isJson || answer.status >= 500 || answer.status === 429) throw new Lost("server");
    const told = await answer.json();
    if (told.code === "device_wiped") throw new Wiped();
    return { ok: answer.ok, status: answer.status, told };
  };

  /* Say why each thing that waits does so. */
  const explain = async (reason) => {
    for (const one of await store.outbox()) {
      if (one.state === "waiting") await store.put("outbox", { ...one, reason });
    }
  };

  const sendOne = async (one, urls, token) => {
    const { number, state, reason, title, sentence, url: link, ...body } = one;
    await store.put("outbox", { ...one, tried: true, reason: "sending" });
    const { ok, status, told } = await ask(urls.send, body, token);
    if (status === 409) throw new Lost("server");
    if (told.code === "not_allowed") throw new Lost("notYours");
    const outcome = ok ? told.outcome : "refused";
    await store.put("outbox", { ...one, tried: true, state: outcome, reason: outcome, sentence: told.sentence, url: told.url });
  };

  const hello = async (urls) => {
    const device = await store.meta("device");
    const { told } = await ask(device ? `${urls.hello}?device=${device}` : urls.hello);
    const mine = await store.meta("account");
    if (told.account === null) throw new Lost("signedOut");
    if (mine && mine !== told.account) {
      if ((await store.outbox()).some((one) => one.state === "waiting")) throw new Lost("otherAccount");
      await store.clear();
    }
    return told;
  };

  const carry = async (urls, device, token) => {
    const { ok, told } = await ask(urls.carry, { device }, token);
    if (!ok) throw new Lost(told.code === "not_allowed" || told.code === "out_of_reach" ? "notYours" : "server");
    await store.replacePeople(told.people);
    await store.setMeta("cities", told.cities);
    await store.setMeta("syncedAt", Date.now());
  };

  const run = async (urls) => {
    const { token } = await hello(urls);
    const device = await store.meta("device");
    if (!device) return "";
    for (const one of await store.outbox()) {
      if (one.state === "waiting") await sendOne({ ...one, device }, urls, token);
    }
    await carry(urls, device, token);
    return "updated";
  };

  /* Send and fetch; the answer is a word: updated, wiped, or why not. */
  const attempt = async (urls) => {
    try {
      return await run(urls);
    } catch (why) {
      if (why instanceof Wiped) {
        await store.clear();
        return "wiped";
      }
      if (!(why instanceof Lost)) throw why;
      await explain(why.message);
      return why.message;
    }
  };

  const alone = (work) => (navigator.locks ? navigator.locks.request("doorstep", work) : work());
  const sync = (urls) => {
    running ||= alone(() => attempt(urls)).finally(() => { running = null; });
    return running;
  };

  /* Make this telephone a device of the village; only with a network. */
  const register = async (urls, label) => {
    const told = await hello(urls);
    const { ok, told: made } = await ask(urls.register, { label }, told.token);
    if (!ok) return made.sentence;
    await store.setMeta("account", told.account);
    await store.setMeta("village", told.village);
    await store.setMeta("device", made.device);
    await store.setMeta("label", made.label);
    return "";
  };

  Object.assign(window.Doorstep, { sync, register });
})();
