'use client';

import { RouteError } from '@/components/states/route-error';

export default RouteError;
