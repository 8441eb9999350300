'use client';

import { Columns3 } from 'lucide-react';
import { useQueryState } from 'nuqs';
import { Button } from '@/components/ui/button';
import { Menu, MenuCheckItem, MenuContent, MenuItem, MenuSeparator, MenuTrigger } from '@/components/ui/menu';
import { logParams } from '../filters/filters';
import { defaultColumnIds, LOG_COLUMNS } from './log-columns';

/** Which columns the log shows; kept in the URL with the rest of the view. */
export function ColumnMenu() {
  const [chosen, setChosen] = useQueryState('cols', logParams.cols);
  const shown = new Set(chosen ?? defaultColumnIds());
  const toggle = (id: string) => {
    const next = LOG_COLUMNS.filter((column) => (column.id === id ? !shown.has(id) : shown.has(column.id)));
    if (next.length > 0) void setChosen(next.map((column) => column.id));
  };
  return (
    <Menu>
      <MenuTrigger asChild>
        <Button aria-label="Columns">
          <Columns3 aria-hidden />
          <span className="max-xl:hidden">Columns</span>
        </Button>
      </MenuTrigger>
      <MenuContent align="end">
        {LOG_COLUMNS.map(({ id, label }) => (
          <MenuCheckItem
            key={id}
            checked={shown.has(id)}
            onCheckedChange={() => toggle(id)}
            onSelect={(event) => event.preventDefault()}
          >
            {label}
          </MenuCheckItem>
        ))}
        <MenuSeparator />
        <MenuItem onSelect={() => void setChosen(null)}>As it was</MenuItem>
      </MenuContent>
    </Menu>
  );
}
