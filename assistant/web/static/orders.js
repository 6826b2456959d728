// Acting for the customer: the server renders the forms, what will happen, and what was done.

// Put what the server rendered in the place of the customer's orders.
export async function showOrders(panel, ask) {
  const place = panel.querySelector("[data-order-desk]");
  const answer = await ask();
  if (place) put(place, await answer.text());
}

function put(place, html) {
  place.innerHTML = html;
  place.querySelector("h3").focus();
}

// Send a form; what is refused is said in it, and its button can be pressed again.
export async function sendOrderForm(form, send, notSent) {
  const button = form.querySelector("[type=submit]");
  button.disabled = true;
  try {
    const answer = await send(form.dataset.orderForm, new URLSearchParams(new FormData(form)));
    if (!answer.ok) return refuse(form, (await answer.json()).words ?? notSent);
    put(form.closest("[data-order-desk]"), await answer.text());
  } catch {
    refuse(form, notSent);
  } finally {
    button.disabled = false;
  }
}

function refuse(form, words) {
  const line = form.querySelector("[data-form-problem]");
  line.textContent = words;
  line.hidden = false;
}
