export { BudgetsModule } from './budgets.module.js';
export { readBudgets } from './read-budgets.js';
