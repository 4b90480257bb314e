"""REFI-QDA: projects (.qdpx, .qde) and codebooks (.qdc) of other tools.

`package` opens a file, `schema` says where it leaves the standard, `offsets` finds out
how its positions are counted, `reading` makes a `project` of it, and `codebook` a framework
version. Nothing is refused for leaving the standard: most tools do.
"""
