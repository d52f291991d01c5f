/* On question pages: number keys choose an answer, and one press of a button sends one form. */

const options = [...document.querySelectorAll('.answer input')].filter((input) => !input.closest('.opt-outs'));

document.addEventListener('keydown', (event) => {
  const typing = event.target instanceof HTMLElement && event.target.matches('input[type="text"], textarea');
  if (typing || event.ctrlKey || event.altKey || event.metaKey) return;
  const option = options[Number(event.key) - 1];
  if (!/^[1-9]$/.test(event.key) || !option) return;
  option.focus();
  if (option.type === 'checkbox') option.checked = !option.checked;
  else option.checked = true;
});

for (const form of document.querySelectorAll('form')) {
  let sent = false;
  form.addEventListener('submit', (event) => {
    if (sent) event.preventDefault();
    sent = true;
  });
  // A page that comes back from the browser's memory may be sent again.
  window.addEventListener('pageshow', () => (sent = false));
}
