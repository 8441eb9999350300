/** Where a model is asked in its maker's own form. https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_InvokeModel.html */
export function invokePath(model: string): string {
  return `/model/${encodeURIComponent(model)}/invoke`;
}
