'use client';

import { ChevronsUpDown, LogOut, MonitorCog, Moon, Sun } from 'lucide-react';
import Link from 'next/link';
import { useEffect, useState } from 'react';
import {
  Menu,
  MenuContent,
  MenuItem,
  MenuLabel,
  MenuRadioGroup,
  MenuRadioItem,
  MenuSeparator,
  MenuTrigger,
} from '@/components/ui/menu';
import { logOut } from '@/lib/log-out';
import { applyTheme, keptTheme, type Theme } from '@/lib/theme';

const THEME_CHOICES = [
  { theme: 'system', label: 'As the system', Icon: MonitorCog },
  { theme: 'light', label: 'Light', Icon: Sun },
  { theme: 'dark', label: 'Dark', Icon: Moon },
] as const;

function ThemeChoice() {
  const [theme, setTheme] = useState<Theme>('system');
  useEffect(() => setTheme(keptTheme()), []);
  return (
    <>
      <MenuLabel>Theme</MenuLabel>
      <MenuRadioGroup
        value={theme}
        onValueChange={(value) => {
          const chosen = THEME_CHOICES.find((choice) => choice.theme === value)?.theme ?? 'system';
          setTheme(chosen);
          applyTheme(chosen);
        }}
      >
        {THEME_CHOICES.map(({ theme: value, label, Icon }) => (
          <MenuRadioItem key={value} value={value} onSelect={(event) => event.preventDefault()}>
            <Icon aria-hidden />
            {label}
          </MenuRadioItem>
        ))}
      </MenuRadioGroup>
    </>
  );
}

/** Who is logged in, the theme, the way to the other area and out. */
export function AccountMenu({
  name,
  email,
  areas,
}: {
  name: string;
  email: string;
  areas: readonly { href: string; label: string }[];
}) {
  return (
    <Menu>
      <MenuTrigger className="flex w-full items-center gap-2 rounded-md px-2.5 py-1.5 text-left hover:bg-paper">
        <span className="min-w-0 flex-1">
          <span className="block truncate text-sm font-medium">{name}</span>
          <span className="block truncate text-2xs text-ink-muted">{email}</span>
        </span>
        <ChevronsUpDown className="size-3.5 text-ink-muted" aria-hidden />
      </MenuTrigger>
      <MenuContent side="top" align="start" className="w-56">
        <ThemeChoice />
        <MenuSeparator />
        {areas.map(({ href, label }) => (
          <MenuItem key={href} asChild>
            <Link href={href}>{label}</Link>
          </MenuItem>
        ))}
        <MenuItem onSelect={() => void logOut()}>
          <LogOut aria-hidden />
          Log out
        </MenuItem>
      </MenuContent>
    </Menu>
  );
}
