/** What a list or page says when it has nothing: what would be here, and the next step. */
import { Stack, Text, Title } from '@mantine/core';
import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';

type Props = {
  readonly icon: LucideIcon;
  readonly title: string;
  readonly body?: string | undefined;
  readonly action?: ReactNode;
  /** It is the whole page: then its title is the page's heading. */
  readonly isPage?: boolean;
};

export function EmptyState({ icon: Icon, title, body, action, isPage = false }: Props) {
  return (
    <Stack align="center" gap="xs" py={48} px="lg" maw={460} mx="auto" ta="center">
      <Icon size={36} strokeWidth={1.25} aria-hidden color="var(--mantine-color-dimmed)" />
      {isPage ? (
        <Title order={1} size="md">
          {title}
        </Title>
      ) : (
        <Text fw={600}>{title}</Text>
      )}
      {body !== undefined && (
        <Text size="sm" c="dimmed">
          {body}
        </Text>
      )}
      {action}
    </Stack>
  );
}
