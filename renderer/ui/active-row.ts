/** The keyboard's way to a button or tick within the row that a table stands on: `clickInActiveRow('[data-done]')`. */
export function clickInActiveRow(selector: string): void {
  document.querySelector<HTMLElement>(`[role="grid"] [role="row"][data-active] ${selector}`)?.click();
}
