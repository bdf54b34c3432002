/** The one theme: dense but calm, in light and dark, with contrast AA for every text colour that it names. */
import { t } from '../i18n/index.ts';
import { createTheme, type CSSVariablesResolver, type MantineColorsTuple } from '@mantine/core';
import { pickOnEnter } from './pick-on-enter.ts';

const outpost: MantineColorsTuple = [
  '#e8f3f6',
  '#d0e5eb',
  '#a4cbd7',
  '#78b2c4',
  '#539db3',
  '#358aa3',
  '#1f7890',
  '#13657b',
  '#0b5467',
  '#054353',
];

const dark: MantineColorsTuple = [
  '#dadfe5',
  '#bcc3cc',
  '#98a1ac',
  '#6b7480',
  '#454d57',
  '#363d46',
  '#282e35',
  '#1d2127',
  '#16191e',
  '#0f1215',
];

/** The system's own face first; Noto for every script that it lacks. */
const fontFamily =
  'system-ui, -apple-system, "Segoe UI Variable Text", "Segoe UI", Roboto, Cantarell, Ubuntu, "Noto Sans", "Noto Sans CJK SC", "Noto Sans Thai", "Noto Sans Arabic", "Noto Sans Hebrew", "Noto Sans Devanagari", "Noto Color Emoji", sans-serif';

const inputVars = (_theme: unknown, props: { size?: unknown }) => ({
  wrapper:
    props.size === undefined || props.size === 'sm'
      ? { '--input-height': '32px', '--input-fz': '13px', '--input-padding': '10px' }
      : {},
});

export const theme = createTheme({
  fontFamily,
  headings: {
    fontFamily,
    fontWeight: '600',
    sizes: { h1: { fontSize: '20px' }, h2: { fontSize: '15px' }, h3: { fontSize: '14px' } },
  },
  fontSizes: { xs: '12px', sm: '13px', md: '14px', lg: '16px', xl: '19px' },
  lineHeights: { xs: '1.4', sm: '1.45', md: '1.5', lg: '1.5', xl: '1.4' },
  spacing: { xs: '8px', sm: '12px', md: '16px', lg: '22px', xl: '32px' },
  colors: { outpost, dark },
  primaryColor: 'outpost',
  primaryShade: { light: 7, dark: 6 },
  defaultRadius: 'sm',
  radius: { xs: '3px', sm: '5px', md: '7px', lg: '10px', xl: '16px' },
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    Button: {
      defaultProps: { size: 'sm' },
      vars: (_theme: unknown, { size }: { size?: unknown }) =>
        size === 'sm' ? { root: { '--button-height': '32px', '--button-padding-x': '13px' } } : { root: {} },
      styles: { root: { fontSize: '13px', fontWeight: 500 } },
    },
    Input: { vars: inputVars },
    InputWrapper: {
      // hints below the field, so that fields side by side stand on one line
      defaultProps: { inputWrapperOrder: ['label', 'input', 'description', 'error'] },
      styles: {
        label: { fontSize: '12.5px', fontWeight: 500, marginBottom: '3px' },
        description: { fontSize: '12px', marginTop: '3px' },
        error: { fontSize: '12px', marginTop: '3px' },
      },
    },
    // a browser insets it by two pixels
    Fieldset: { styles: { root: { marginInline: 0 } } },
    Radio: { defaultProps: { size: 'xs' } },
    Checkbox: { defaultProps: { size: 'xs' }, styles: { label: { fontSize: '13px' } } },
    SegmentedControl: { styles: { label: { fontWeight: 500 } } },
    Notification: {
      defaultProps: { closeButtonProps: { 'aria-label': t('common.close') } },
      styles: { root: { padding: '9px 12px 9px 18px' } },
    },
    Select: {
      defaultProps: { comboboxProps: { shadow: 'md' }, checkIconPosition: 'right', onKeyDownCapture: pickOnEnter },
    },
    MultiSelect: { defaultProps: { onKeyDownCapture: pickOnEnter } },
    Tooltip: { defaultProps: { openDelay: 350, withArrow: true, fz: 12 } },
    Modal: {
      defaultProps: {
        centered: true,
        overlayProps: { backgroundOpacity: 0.35 },
        transitionProps: { duration: 100 },
        closeButtonProps: { 'aria-label': t('common.close') },
      },
    },
    Menu: {
      // its placeholder is an item that a screen reader cannot name; the first item takes the focus instead
      defaultProps: { shadow: 'md', transitionProps: { duration: 80 }, withInitialFocusPlaceholder: false },
    },
    Badge: { defaultProps: { variant: 'light', radius: 'sm', tt: 'none', fw: 500 } },
    Tabs: { styles: { tab: { padding: '7px 12px', fontSize: '13px' } } },
    Anchor: { defaultProps: { underline: 'hover' } },
  },
});

/** Mantine's own dimmed, placeholder and error colours are too pale for AA. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: { '--outpost-header': '46px', '--outpost-row': '32px' },
  light: {
    '--mantine-color-dimmed': '#58616b',
    '--mantine-color-placeholder': '#6a737d',
    '--mantine-color-error': '#c22525',
    // a closed record is disabled and still read
    '--mantine-color-disabled-color': '#6f7882',
    // quieter grounds for notes and badges than the kit's own
    '--mantine-color-teal-light': '#e2f4ec',
    '--mantine-color-teal-light-color': '#0a6349',
    '--mantine-color-yellow-light': '#fcf3d9',
    '--mantine-color-yellow-light-color': '#724d00',
    '--mantine-color-red-light': '#fdebeb',
    '--mantine-color-red-light-color': '#b01e1e',
    '--outpost-surface': '#ffffff',
    '--outpost-canvas': '#f6f7f9',
    '--outpost-line': '#dfe3e8',
    '--outpost-hover': '#f0f4f6',
    '--outpost-picked': '#e1eff4',
    '--mantine-color-body': '#ffffff',
    '--mantine-color-text': '#1b2127',
    '--mantine-color-orange-light-color': '#9c3606',
  },
  dark: {
    '--mantine-color-dimmed': '#a3acb7',
    '--mantine-color-placeholder': '#949da8',
    '--mantine-color-error': '#ff8787',
    '--mantine-color-disabled-color': '#8b949f',
    '--outpost-surface': '#1d2127',
    '--outpost-canvas': '#16191e',
    '--outpost-line': '#333a43',
    '--outpost-hover': '#262c33',
    '--outpost-picked': '#1f3b46',
    // the kit's own light variants are nearly black on these surfaces
    // links also stand on rows that are hovered or picked
    '--mantine-color-anchor': '#78b2c4',
    '--mantine-color-outpost-light': '#1f3b46',
    '--mantine-color-outpost-light-hover': '#264854',
    '--mantine-color-outpost-light-color': '#a9d6e3',
    '--mantine-color-gray-light': '#2f363f',
    '--mantine-color-gray-light-color': '#c9d0d8',
    '--mantine-color-teal-light': '#173a2f',
    '--mantine-color-teal-light-color': '#97e0c5',
    '--mantine-color-yellow-light': '#3a3014',
    '--mantine-color-yellow-light-color': '#f2d78f',
    '--mantine-color-red-light': '#43201f',
    '--mantine-color-red-light-color': '#ffb3b3',
  },
});
