/** Sends the form to the API, with the CSRF token in the header where the API wants it. */
export function watchProblemForm(form) {
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const output = form.querySelector('output');
    const response = await fetch(form.action, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'X-CSRFToken': csrfToken() },
      body: JSON.stringify(Object.fromEntries(new FormData(form))),
    });
    if (!response.ok) {
      output.textContent = output.dataset.failed;
      return;
    }
    const { reference } = await response.json();
    output.textContent = `${output.dataset.thanks} ${reference}.`;
    form.querySelector('textarea').value = '';
  });
}

function csrfToken() {
  return /(?:^|; )csrftoken=([^;]*)/.exec(document.cookie)?.[1] ?? '';
}
