/* On every page: what was wrong takes the focus. */
document.getElementById('faults')?.focus();
