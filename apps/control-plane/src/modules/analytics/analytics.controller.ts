import { Controller } from '@nestjs/common';
import type {
  Overview,
  OverviewQuery,
  UsageBreakdown,
  UsageBreakdownQuery,
  UsageSeries,
  UsageSeriesQuery,
} from '@trunkline/contracts/control-plane';
import { Database } from '../../database/database.module.js';
import { CurrentMember, type MemberActor } from '../../http/actor.js';
import { QueryOf, Route } from '../../http/route.js';
import { getOverview } from './get-overview.js';
import { getUsageBreakdown } from './get-usage-breakdown.js';
import { getUsageSeries } from './get-usage-series.js';

@Controller()
export class AnalyticsController {
  constructor(private readonly database: Database) {}

  @Route('getOverview')
  overview(
    @CurrentMember() actor: MemberActor,
    @QueryOf('getOverview') query: OverviewQuery,
  ): Promise<Overview> {
    return getOverview(this.database, actor, query);
  }

  @Route('getUsageSeries')
  series(
    @CurrentMember() actor: MemberActor,
    @QueryOf('getUsageSeries') query: UsageSeriesQuery,
  ): Promise<UsageSeries> {
    return getUsageSeries(this.database, actor, query);
  }

  @Route('getUsageBreakdown')
  breakdown(
    @CurrentMember() actor: MemberActor,
    @QueryOf('getUsageBreakdown') query: UsageBreakdownQuery,
  ): Promise<UsageBreakdown> {
    return getUsageBreakdown(this.database, actor, query);
  }
}
