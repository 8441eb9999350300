export { BudgetList, CreateBudgetDialog } from './components/budget-list';
