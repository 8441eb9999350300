import { Controller } from '@nestjs/common';
import type { Budget, ChangeBudgetInput, CreateBudgetInput } from '@trunkline/contracts/control-plane';
import { Database } from '../../database/database.module.js';
import { CurrentMember, type MemberActor } from '../../http/actor.js';
import { BodyOf, Params, Route } from '../../http/route.js';
import { archiveBudget, changeBudget, createBudget, listBudgets } from './change-budgets.js';

@Controller()
export class BudgetsController {
  constructor(private readonly database: Database) {}

  @Route('listBudgets')
  list(@CurrentMember() actor: MemberActor): Promise<{ items: Budget[] }> {
    return listBudgets(this.database, actor);
  }

  @Route('createBudget')
  create(
    @CurrentMember() actor: MemberActor,
    @BodyOf('createBudget') input: CreateBudgetInput,
  ): Promise<Budget> {
    return createBudget(this.database, actor, input);
  }

  @Route('changeBudget')
  change(
    @CurrentMember() actor: MemberActor,
    @Params('changeBudget') { budgetId }: { budgetId: string },
    @BodyOf('changeBudget') input: ChangeBudgetInput,
  ): Promise<Budget> {
    return changeBudget(this.database, actor, budgetId, input);
  }

  @Route('archiveBudget')
  archive(
    @CurrentMember() actor: MemberActor,
    @Params('archiveBudget') { budgetId }: { budgetId: string },
  ): Promise<void> {
    return archiveBudget(this.database, actor, budgetId);
  }
}
