// why
