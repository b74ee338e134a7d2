declare module "icon:*" {
  const nodes: [tag: string, attributes: Record<string, string>][];
  export default nodes;
}
