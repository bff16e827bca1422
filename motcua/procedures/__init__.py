"""The catalogue of procedures (thủ tục hành chính), dated; internal procedures and their review.

Law: Decree 63/2010 on the control of procedures (art. 8: the parts; arts. 13-17: publication;
arts. 27-31: review), as amended; Circular 226/2016/TT-BTC on certification charges; Decision
1085/QĐ-TTg of 2022 on internal procedures.
"""
