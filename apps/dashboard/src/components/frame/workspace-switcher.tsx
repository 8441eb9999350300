'use client';

import { Check, ChevronsUpDown } from 'lucide-react';
import Link from 'next/link';
import { useQueryState } from 'nuqs';
import { Menu, MenuContent, MenuItem, MenuLabel, MenuSeparator, MenuTrigger } from '@/components/ui/menu';
import { cn } from '@/lib/class-names';
import { sharedParams } from '@/lib/scope';
import { useWorkspace } from '@/lib/workspace';

const mark = (chosen: boolean) => <Check aria-hidden className={cn(!chosen && 'invisible')} />;

/** Organization and project: whose data the pages show. */
export function WorkspaceSwitcher() {
  const { me, organization, projects } = useWorkspace();
  const [project, setProject] = useQueryState('project', sharedParams.project);
  const chosen = projects.find(({ id }) => id === project);
  return (
    <div className="px-3">
      <Menu>
        <MenuTrigger className="flex w-full items-center gap-2 rounded-md border border-rule bg-paper px-2.5 py-1.5 text-left hover:border-rule-strong">
          <span className="min-w-0 flex-1">
            <span className="block truncate text-sm font-medium">{organization.name}</span>
            <span className="block truncate text-2xs text-ink-muted">{chosen?.name ?? 'All projects'}</span>
          </span>
          <ChevronsUpDown className="size-3.5 text-ink-muted" aria-hidden />
        </MenuTrigger>
        <MenuContent align="start" className="w-56">
          <MenuLabel>Project</MenuLabel>
          <MenuItem onSelect={() => setProject(null)}>
            {mark(!chosen)}
            All projects
          </MenuItem>
          {projects.map(({ id, name }) => (
            <MenuItem key={id} onSelect={() => setProject(id)}>
              {mark(id === chosen?.id)}
              <span className="truncate">{name}</span>
            </MenuItem>
          ))}
          <MenuSeparator />
          <MenuLabel>Organization</MenuLabel>
          {me.organizations.map(({ id, name, slug }) => (
            <MenuItem key={id} asChild>
              <Link href={`/o/${slug}/overview`}>
                {mark(id === organization.id)}
                <span className="truncate">{name}</span>
              </Link>
            </MenuItem>
          ))}
          <MenuItem asChild>
            <Link href="/welcome">
              {mark(false)}
              New organization…
            </Link>
          </MenuItem>
        </MenuContent>
      </Menu>
    </div>
  );
}
