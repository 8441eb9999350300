import type { NextConfig } from 'next';

const config: NextConfig = {
  poweredByHeader: false,
  // The playground's streams have to leave byte by byte; a front proxy compresses what is static.
  compress: false,
  reactStrictMode: true,
  devIndicators: false,
  typescript: { tsconfigPath: './tsconfig.json' },
};

export default config;
