/** The model under `embeddings/models/` that is used when none is configured. */
export const SHIPPED_MODEL = 'yuanwen-news-v2';
