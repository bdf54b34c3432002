/** Tags as chips, in a list or on a page; the whole of them in the title where the room is short. */
import { Badge, Group } from '@mantine/core';

export function TagChips({ tags }: { readonly tags: readonly string[] }) {
  return (
    <Group component="span" gap={4} wrap="nowrap" title={tags.join(', ')} style={{ overflow: 'hidden' }}>
      {tags.map((tag) => (
        <Badge key={tag} component="span" color="gray" variant="light" tt="none" fw={500} maw={180} flex="none">
          {tag}
        </Badge>
      ))}
    </Group>
  );
}
