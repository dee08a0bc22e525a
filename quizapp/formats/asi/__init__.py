"""Assessment, section, item: the parts of QTI 2.x and 3.0, which differ in names only and are read as one."""
