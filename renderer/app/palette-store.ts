/** Whether the search box is open; apart from the box itself, which is loaded when it is first needed. */
import { createSpotlight } from '@mantine/spotlight';

export const [paletteStore, palette] = createSpotlight();
