/** Every key that works right now. */
import { Group, Modal, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { t } from '../i18n/index.ts';
import { Keys, useRegisteredShortcuts } from '../ui/shortcuts.tsx';

/** The frame's own keys. */
const everywhere: readonly string[] = ['mod+k', 'shift+?'];

const listKeys = () => [
  { keys: 'arrowup arrowdown', label: t('nav.scMove') },
  { keys: 'enter', label: t('nav.scOpen') },
  { keys: 'space', label: t('nav.scSelect') },
];

export function ShortcutList({ onClose }: { readonly onClose: () => void }) {
  const groups = useRegisteredShortcuts((state) => state.groups);
  const all = Object.values(groups).flat();
  const unique = [...new Map(all.map((each) => [each.keys, each])).values()];
  // the same by another key is one line: '1', and 'alt+1' while typing
  const named = [...new Map(unique.toReversed().map((each) => [each.label, each])).values()].toReversed();
  const isGlobal = ({ keys }: { keys: string }) => keys.startsWith('g ') || everywhere.includes(keys);
  const goes = named.filter(isGlobal);
  const others = named.filter((each) => !isGlobal(each));
  return (
    <Modal opened onClose={onClose} title={t('nav.shortcuts')} size="lg">
      <SimpleGrid cols={2} spacing="xl">
        <List name={t('nav.shortcutsGlobal')} items={goes} />
        <Stack gap="lg">
          {others.length > 0 && <List name={t('nav.shortcutsPage')} items={others} />}
          <List name={t('nav.shortcutsLists')} items={listKeys()} />
        </Stack>
      </SimpleGrid>
    </Modal>
  );
}

function List({ name, items }: { readonly name: string; readonly items: readonly { keys: string; label: string }[] }) {
  return (
    <div>
      <Title order={3} mb="xs">
        {name}
      </Title>
      <Stack gap={6}>
        {items.map(({ keys, label }) => (
          <Group key={keys} justify="space-between" wrap="nowrap">
            <Text size="sm">{label}</Text>
            <Keys keys={keys} />
          </Group>
        ))}
      </Stack>
    </div>
  );
}
