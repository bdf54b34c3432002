/**
 * A file that is dropped where nothing takes it would make a browser leave the program and show the file. Registered
 * last in line: whoever takes a file has said so by then.
 */
export function guardDrops(): void {
  const refuse = (event: DragEvent): void => {
    if (event.defaultPrevented || event.dataTransfer?.types.includes('Files') !== true) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = 'none';
  };
  window.addEventListener('dragover', refuse);
  window.addEventListener('drop', refuse);
}
