/** The keys of the capture screen. */
import { Group, Text, Title } from '@mantine/core';
import { t } from '../../i18n/index.ts';

export function KeyHint({ keys }: { keys: string }) {
  return (
    <Text span size="xs" aria-hidden>
      {keys}
    </Text>
  );
}

export function CaptureKeys() {
  const keys = [
    ['Tab / ↵', t('capture.keyNext')],
    ['1 – 9', t('capture.keyChoose')],
    ['Space', t('capture.keyTick')],
    ['Ctrl ↵', t('capture.keySave')],
  ] as const;
  return (
    <section aria-labelledby="capture-keys">
      <Title id="capture-keys" order={2} size="h6" mt="lg" mb="xs">
        {t('capture.keys')}
      </Title>
      {keys.map(([key, what]) => (
        <Group key={key} justify="space-between" gap="xs">
          <Text size="xs" c="dimmed">
            {what}
          </Text>
          <Text size="xs" ff="monospace">
            {key}
          </Text>
        </Group>
      ))}
    </section>
  );
}
